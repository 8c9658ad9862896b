"""``styles.xml``: few styles, all in BIZ UDPゴシック, sizes in points."""

from dataclasses import dataclass

from helpers.report.word.markup import NAMESPACES

FONT = "BIZ UDPゴシック"
BLUE, INK, GREY = "00428C", "1A1A1A", "595959"


@dataclass(frozen=True)
class Style:
    """A paragraph style.

    Attributes:
        id_: what paragraphs name it by.
        name: Word's built-in name, which it shows in its own language, or ours.
        points: size of type.
        spacing: points before and after, and line height in lines.
        bold: whether bold.
        colour: of the text.
        keep: whether it stays with the next paragraph.
        outline: level in the navigation, from 0.
        justified: ``left``, ``center``, ``right`` or ``both``.
        following: style of the paragraph that is typed after it.
    """

    id_: str
    name: str
    points: float
    spacing: tuple[float, float, float]
    bold: bool = False
    colour: str = INK
    keep: bool = False
    outline: int | None = None
    justified: str = ""
    following: str = "Normal"

    def xml(self) -> str:
        """The style's element."""
        before, after, lines = self.spacing
        keep = "<w:keepNext/><w:keepLines/>" if self.keep else ""
        outline = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        justified = f'<w:jc w:val="{self.justified}"/>' if self.justified else ""
        based = "" if self.id_ == "Normal" else '<w:basedOn w:val="Normal"/>'
        # Word's own styles have English names in the file; it shows them in its language.
        kind = "" if self.name.isascii() else ' w:customStyle="1"'
        default = ' w:default="1"' if self.id_ == "Normal" else kind
        bold = "<w:b/><w:bCs/>" if self.bold else ""
        half = round(self.points * 2)
        return (
            f'<w:style w:type="paragraph" w:styleId="{self.id_}"{default}>'
            f'<w:name w:val="{self.name}"/>{based}<w:next w:val="{self.following}"/><w:qFormat/>'
            f'<w:pPr>{keep}<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
            f' w:line="{round(lines * 240)}" w:lineRule="auto"/>{justified}{outline}</w:pPr>'
            f'<w:rPr>{bold}<w:color w:val="{self.colour}"/>'
            f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
        )


_STYLES = (
    Style("Normal", "Normal", 11, (0, 6, 1.4), justified="both"),
    Style("Title", "Title", 18, (24, 6, 1.2), bold=True, colour=BLUE, justified="left"),
    Style("Subtitle", "Subtitle", 12, (0, 12, 1.2), colour=GREY, justified="left"),
    Style("Heading1", "heading 1", 14, (24, 8, 1.2), True, BLUE, True, 0, "left"),
    # One line high: a picture in a line of fixed height is cut off.
    Style("Figure", "図", 11, (6, 0, 1), keep=True, justified="center", following="Caption"),
    Style("Caption", "caption", 10, (4, 10, 1.2), bold=True, justified="center"),
    Style("TableText", "表の文字", 9, (1, 1, 1.1), justified="left", following="TableText"),
    Style("TableNumber", "表の数値", 9, (1, 1, 1.1), justified="right", following="TableNumber"),
    Style("Note", "注", 9, (2, 2, 1.2), colour=GREY, justified="left", following="Note"),
    Style("Footer", "footer", 9, (0, 0, 1), colour=GREY, justified="center", following="Footer"),
)


def styles() -> str:
    """The part's root element."""
    fonts = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "eastAsia", "hAnsi", "cs"))
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        '<w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
        for side in ("top", "bottom", "insideH")
    )
    table = (
        '<w:style w:type="table" w:styleId="Numbers" w:customStyle="1">'
        '<w:name w:val="数値の表"/><w:tblPr>'
        f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="EEF3F9"/></w:tcPr></w:tblStylePr></w:style>'
    )
    each = "".join(style.xml() for style in _STYLES)
    return f"<w:styles {NAMESPACES}>{defaults}{each}{table}</w:styles>"
