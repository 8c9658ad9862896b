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
