"""``settings.xml``: pictures are not resampled on saving; Japanese line breaking and spacing."""

from helpers.report.word.markup import NAMESPACES

# In the order of CT_Settings (ECMA-376, 17.15.1): Word refuses another one. What comes after
# clrSchemeMapping and before shapeDefaults is doNotAutoCompressPictures (17.15.1.33): without it
# Word resamples pictures above 220 ppi, and our key inside them is lost.
_ORDERED = (
    '<w:zoom w:percent="100"/>',
    '<w:defaultTabStop w:val="840"/>',
    '<w:characterSpacingControl w:val="compressPunctuation"/>',
    "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat>',
    '<w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/>',
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"'
    ' w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"'
    ' w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
    ' w:followedHyperlink="followedHyperlink"/>',
    "<w:doNotAutoCompressPictures/>",
    '<w:decimalSymbol w:val="."/>',
    '<w:listSeparator w:val=","/>',
)


def settings() -> str:
    """The part's root element."""
    return f"<w:settings {NAMESPACES}>{''.join(_ORDERED)}</w:settings>"
