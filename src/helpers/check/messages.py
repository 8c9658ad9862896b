"""What can be wrong with numbers that read well: said once, in Japanese and in English."""

from helpers.problems import Message

NOT_THE_SUM = Message(
    "{item} が {found} ですが、{parts} から計算すると {expected} です",
    "{expected}",
    "どれかの打ち間違いです。元の表と見比べてください",
    "{item} is {found}, but {parts} make {expected}. → one of them is mistyped",
)
NOT_THE_RATIO = Message(
    "{item} が {found} ですが、{part} ÷ {whole} × 100 は {expected} です",
    "{expected}",
    "分子・分母か率の打ち間違いか、端数処理の違いです。元の表と見比べてください",
    "{item} is {found}, but 100 × {part} / {whole} is {expected}. → compare with the original",
)
NOT_CONTINUED = Message(
    "{item} が {found} ですが、前の年の {before} に増減 {change} を足すと {expected} です",
    remedy="打ち間違いでないか、途中で集計の方法が変わっていないか確かめてください",
    en="{item} is {found}, but {before} the year before and a change of {change} make "
    "{expected}. → see whether it is mistyped or the method has changed",
    severity="warning",
)
TOTAL_ROW = Message(
    "「{group}」の {item} が {found} ですが、ほかの行の合計は {expected} です",
    remedy="抜けた行や二重の行がないか確かめてください。小計の行は leave_out に書いてください",
    en="{item} of “{group}” is {found}, but the other rows sum to {expected}. → look for a missing "
    "row; name subtotals under leave_out",
    severity="warning",
)
NOT_A_HUNDRED = Message(
    "割合 {shares} の合計は、端数処理を考えても 100 になりません（{low}〜{high}）",
    "合計 100（{low}〜{high} に 100 が入ること）",
    "打ち間違いか、抜けた区分がないか確かめてください",
    "the shares {shares} cannot sum to 100 even with rounding ({low}–{high}). → look for a "
    "mistyped or missing one",
)
OVER_A_HUNDRED = Message(
    "割合 {shares} の合計は、端数処理を考えても 100 を超えます（{low} 以上）",
    "合計 100 以下",
    "打ち間違いがないか、複数回答でないか確かめてください",
    "the shares {shares} exceed 100 even with rounding (at least {low}). → look for a mistyped one",
)
IMPOSSIBLE_BASE = Message(
    "割合 {share} は、回答者数 {n} からは出ません（近いのは {near}）",
    "{n} 人中の何人かの割合",
    "割合か回答者数の写し間違いです。重み付けした割合なら base を外してください",
    "the share {share} cannot come from a base of {n} (nearest: {near}). → one of the two is "
    "mistyped; take base out if the shares are weighted",
)
IMPOSSIBLE_BASES = Message(
    "割合 {shares} のどれも単独では出ますが、合わせて回答者数 {n} になる人数がありません",
    remedy="割合か回答者数の写し間違いがないか確かめてください",
    en="no counts out of {n} give all of {shares}. → look for a mistyped share or base",
    severity="warning",
)
JUMP = Message(
    "{item} が {year} 年に {before} から {after} へ {factor} 倍になっています",
    remedy="桁や列のずれ、定義の変更がないか、元の表で確かめてください",
    en="{item} goes from {before} to {after} in {year} ({factor} times). → look for a slipped "
    "digit or column, or a changed definition",
    severity="warning",
    rule="L3-07",
)
REVISED = Message(
    "{year} 年の {item}（{group}）が {after} で、{edition} 年度版の {before} と違います",
    remedy="遡って改定されたのか、打ち間違いかを確かめてください",
    en="{item} (“{group}”) of {year} is {after}; the edition of {edition} had {before}. → find out "
    "whether it was revised or mistyped",
    severity="warning",
)
MIXED_DEFINITIONS = Message(
    "{series} は {last} 年まで「{before}」、{year} 年から「{after}」と、"
    "1つの系列に定義が混ざっています",
    "1つの系列に1つの定義",
    "定義の切れ目の前後を引き算しないでください。両方の定義がある年があれば足し、なければ図では線を"
    "分けて注に書いてください",
    "{series} is “{before}” until {last} and “{after}” from {year}: two definitions in one series. "
    "→ do not subtract across the break; add a year that has both, or draw two lines and say so",
    severity="warning",
    rule="L3-07",
)
DEFINITION_CHANGED = Message(
    "表 {table} の定義が「{after}」で、{year} 年度版の「{before}」と違います",
    "前年度と同じ定義",
    "数え方が変わったなら、別の表の名前にして両方を残してください。書き間違いなら直してください",
    "the definition of {table} is “{after}”; the edition of {year} had “{before}”. → if it is "
    "counted in another way now, give the table another name and keep both; else mend it",
    severity="warning",
    rule="L3-07",
)
SCALE_CHANGED = Message(
    "設問 {name} の尺度か、肯定・否定とする回答が {year} 年度版と違います",
    "前年度と同じ尺度",
    "尋ね方が変わったなら別の名前の設問にし、前年度との差を出さないでください",
    "the scale of {name}, or what counts as positive, is not that of the edition of {year}. → if "
    "the question changed, give it another name, and take no difference across the break",
    severity="warning",
)
