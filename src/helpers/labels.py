"""Names of indicators, groups and categories, as charts and tables show them (ja, en).

Identifiers are English and never shown; this is the one place that turns them into words.
What only one edition knows (policy fields, districts, partner cities) is in its ``edition.yml``.
"""

from collections.abc import Mapping

LABELS: dict[str, tuple[str, str]] = {
    # indicators: survey
    "attachment": ("地域への愛着", "Attachment to the city"),
    "residence_intention": ("居住継続意向", "Wish to stay"),
    "housing_satisfaction": ("住み心地", "Satisfaction with living here"),
    "field_satisfaction": ("満足度", "Satisfaction"),
    "field_importance": ("重要度", "Importance"),
    "share_0_5": ("0〜5点", "0–5 points"),
    "share_6_7": ("6〜7点", "6–7 points"),
    "share_8_10": ("8〜10点", "8–10 points"),
    "score_share": ("回答の割合", "Share of answers"),
    "mean_score": ("平均点", "Mean score"),
    "score": ("平均点", "Mean score"),
    "activities": ("参加している地域活動", "Local activities"),
    "modified_nps": ("修正NPS", "Modified NPS"),
    "intent_amount": ("意欲量", "Amount of intent"),
    "mgap": ("mGAP", "mGAP"),
    "mgap_unrounded": ("mGAP（端数処理前）", "mGAP (unrounded)"),
    "attachment_change": ("地域への愛着の前年度との差", "Change of attachment"),
    "residence_intention_change": ("居住継続意向の前年度との差", "Change of the wish to stay"),
    "housing_satisfaction_change": ("住み心地の前年度との差", "Change of satisfaction"),
    "information_access_change": ("情報の得やすさの前年度との差", "Change of information access"),
    "mean_score_change": ("平均点の前年度との差", "Change of the mean score"),
    "modified_nps_change": ("修正NPSの前年度との差", "Change of the modified NPS"),
    "mgap_change": ("mGAPの前年度との差", "Change of mGAP"),
    # indicators: statistics
    "population": ("人口", "Population"),
    "moved_in": ("転入", "Moved in"),
    "moved_out": ("転出", "Moved out"),
    "births": ("出生", "Births"),
    "deaths": ("死亡", "Deaths"),
    "moved_in_rate": ("転入（人口千人当たり）", "Moved in per 1,000 residents"),
    "moved_out_rate": ("転出（人口千人当たり）", "Moved out per 1,000 residents"),
    "births_rate": ("出生（人口千人当たり）", "Births per 1,000 residents"),
    "deaths_rate": ("死亡（人口千人当たり）", "Deaths per 1,000 residents"),
    "moved_in_rate_rank": ("転入の順位", "Rank of those who moved in"),
    "moved_out_rate_rank": ("転出の順位", "Rank of those who moved out"),
    "births_rate_rank": ("出生の順位", "Rank of births"),
    "deaths_rate_rank": ("死亡の順位", "Rank of deaths"),
    "composition_age": ("年齢別の人口の割合", "Population by age"),
    "composition_age.under_15": ("15歳未満", "Under 15"),
    "composition_age.age_15_64": ("15〜64歳", "15–64"),
    "composition_age.age_65_over": ("65歳以上", "65 and over"),
    "households": ("世帯数", "Households"),
    "net_migration": ("社会増減", "Net migration"),
    "natural_change": ("自然増減", "Natural change"),
    "turnover_rate": ("入れ替わり率", "Turnover rate"),
    "daytime_population_index": ("昼間人口指数", "Daytime population index"),
    "daytime_population_rank": ("昼間人口指数の順位", "Rank of the daytime population index"),
    "daytime_population": ("昼間人口", "Daytime population"),
    "commuters": ("通勤・通学者", "Commuters"),
    "association_households": ("自治会・町内会の加入世帯数", "Households in associations"),
    "association_rate": ("自治会・町内会の加入率", "Association membership rate"),
    "stay_share": ("昼間も市内にとどまる市民の割合", "Share of residents who stay by day"),
    "peers": ("比べた市の数", "Number of cities compared"),
    "sample_age": ("回答者", "Respondents"),
    "register_age": ("住民基本台帳", "Resident register"),
    # indicators: reputation and progress
    "brand_score": ("点数", "Score"),
    "brand_rank": ("全国順位", "National rank"),
    "brand_ranking": ("地域ブランド調査", "Regional Brand Survey"),
    "brand_rank_tama": ("多摩26市での順位", "Rank among the 26 cities of Tama"),
    "brand_score_change": ("点数の前年度との差", "Change of the score"),
    "brand_rank_change": ("全国順位の前年度との差", "Change of the national rank"),
    "brand_rank_tama_change": (
        "多摩26市での順位の前年度との差",
        "Change of the rank among the 26 cities of Tama",
    ),
    "brand_municipalities": ("調査された市区町村の数", "Municipalities in the survey"),
    "kpi": ("成果指標", "Performance indicator"),
    "kpi_attainment": ("達成率", "Attainment"),
    "kpi_progress": ("進捗率", "Progress"),
    "kpi_change": ("前年度比", "Ratio to the previous year"),
    "kpi_status": ("状況", "Status"),
    "kpi_pace": ("必要ペース", "Required pace"),
    "kpi_year_attainment": ("年度目標の達成率", "Attainment of the year's target"),
    "kpi_year_progress": ("年度目標の進捗率", "Progress to the year's target"),
    "kpi_grade": ("評価", "Grade"),
    "kpi_grade_count": ("評価別の指標数", "Measures by grade"),
    "policy": ("施策", "Policy"),
    "cost": ("事業費", "Cost"),
    "own_funds": ("事業費のうち一般財源", "Cost paid from own funds"),
    "evaluation": ("進捗評価", "Evaluation"),
    # breakdowns
    "total": ("全体", "Total"),
    "age_group": ("年齢別", "by age"),
    "tenure": ("居住年数別", "by years of residence"),
    "sex": ("性別", "by sex"),
    "district": ("地区別", "by district"),
    "source": ("調査別", "by source"),
    "field": ("施策の分野", "Policy field"),
    "partner": ("相手の市区町村", "Partner municipality"),
    "peer": ("比較する市", "Peer cities"),
    # groups
    "18-19": ("18〜19歳", "18–19"),
    "18-29": ("18〜29歳", "18–29"),
    "20-29": ("20〜29歳", "20–29"),
    "30-39": ("30〜39歳", "30–39"),
    "40-49": ("40〜49歳", "40–49"),
    "50-59": ("50〜59歳", "50–59"),
    "60-69": ("60〜69歳", "60–69"),
    "70+": ("70歳以上", "70 and over"),
    "under_1": ("1年未満", "Under 1 year"),
    "under_5": ("5年未満", "Under 5 years"),
    "1-5": ("1〜5年未満", "1 to under 5 years"),
    "5-10": ("5〜10年未満", "5 to under 10 years"),
    "10-20": ("10〜20年未満", "10 to under 20 years"),
    "20+": ("20年以上", "20 years and over"),
    # the same where they stand alone in a sentence
    "tenure.under_1": ("居住1年未満", "under 1 year of residence"),
    "tenure.under_5": ("居住5年未満", "under 5 years of residence"),
    "tenure.1-5": ("居住1〜5年未満", "1 to under 5 years of residence"),
    "tenure.5-10": ("居住5〜10年未満", "5 to under 10 years of residence"),
    "tenure.10-20": ("居住10〜20年未満", "10 to under 20 years of residence"),
    "tenure.20+": ("居住20年以上", "20 years of residence and over"),
    "female": ("女性", "Women"),
    "male": ("男性", "Men"),
    "other": ("その他・無回答", "Other / no answer"),
    "resident": ("市民意識調査", "Resident survey"),
    "monitor": ("市政モニター", "City monitors"),
    "event": ("イベント", "Event visitors"),
    "page_views": ("市ホームページ閲覧数", "Page views of the city's site"),
    "sns_followers": ("市が運用するSNSの登録者数", "Followers of the city's social media"),
    "instagram_followers": (
        "市公式Instagramのフォロワー数",
        "Followers of the city's Instagram",
    ),
    "information_access": (
        "必要な市政情報を手軽に入手できる環境が整っていると思う市民の割合",
        "Residents who find city information easy to get",
    ),
    # categories
    "positive": ("肯定的", "Positive"),
    "neutral": ("その他・無回答など", "Other, no answer"),
    "negative": ("否定的", "Negative"),
    "attachment.positive": ("感じている", "Feel attached"),
    "attachment.negative": ("感じていない", "Do not feel attached"),
    "residence_intention.positive": ("意向がある", "Wish to stay"),
    "residence_intention.negative": ("意向がない", "Do not wish to stay"),
    "housing_satisfaction.positive": ("満足", "Satisfied"),
    # who a positive share is, as a sentence says it
    "attachment.who": ("地域に愛着を感じている人", "Residents attached to the city"),
    "residence_intention.who": ("住み続けたい人", "Residents who wish to stay"),
    "housing_satisfaction.who": (
        "住み心地に満足している人",
        "Residents satisfied with living here",
    ),
    "housing_satisfaction.neutral": ("どちらともいえない", "Neither"),
    "housing_satisfaction.negative": ("不満", "Dissatisfied"),
    "recommend": ("推奨意欲", "Recommend"),
    "participate": ("参加意欲", "Participate"),
    "thank": ("感謝意欲", "Thank"),
    "attractiveness": ("魅力度", "Attractiveness"),
    "recognition": ("認知度", "Recognition"),
    "information_contact": ("情報接触度", "Information contact"),
    "tourism_intention": ("観光意欲度", "Wish to visit"),
    "brand_score.residence_intention": ("居留意欲度", "Wish to live there"),
    "brand_rank.residence_intention": ("居留意欲度", "Wish to live there"),
    "baseline": ("現状値", "Baseline"),
    "actual": ("実績値", "Actual"),
    "target": ("目標値", "Target"),
    "inflow": ("流入", "Inflow"),
    "outflow": ("流出", "Outflow"),
    # parts of a change
    "attitude": ("意識の変化", "Attitudes"),
    "people": ("人口の変化", "Population"),
    "within": ("調査ごとの意識の変化", "Within the surveys"),
    "mix": ("調査の構成の変化", "Mix of the surveys"),
    # kinds of a row
    "published": ("公表値", "as published"),
    "microdata": ("回答データから", "from answers"),
    "register": ("住民基本台帳", "resident register"),
    "census": ("国勢調査", "census"),
    "derived": ("計算", "derived"),
    # status of an indicator (methods 4)
    "achieved": ("達成", "Target reached"),
    "on_pace": ("順調", "On pace"),
    "behind": ("遅れ", "Behind"),
    "worse": ("後退", "Moved away from the baseline"),
    "kept": ("維持", "Kept"),
    "missed": ("未達", "Missed"),
    "improved": ("改善", "Improved"),
    "level": ("横ばい", "Level"),
    "declined": ("低下", "Declined"),
    "undefined": ("判定できない", "Undefined"),
}

_LANGUAGES = ("ja", "en")


def label(name: str, lang: str = "ja", own: Mapping[str, str] | None = None) -> str:
    """The words for an identifier.

    Args:
        name: an identifier, or ``indicator.category`` where a category reads differently for
            one indicator (``attachment.positive``); falls back to the last part. A single answer
            is named by its question and its score (``score_share.recommend.8``).
        lang: ``ja`` or ``en``.
        own: an edition's own names, asked first.

    Raises:
        KeyError: nobody knows the identifier; an unlabelled number must not reach a chart.
    """
    for candidate in (name, name.rpartition(".")[2]):
        if own is not None and candidate in own:
            return own[candidate]
        if candidate in LABELS:
            return LABELS[candidate][_LANGUAGES.index(lang)]
    first, to, last = name.rpartition(".")[2].partition("_to_")
    if to:  # neighbouring classes that are printed as one
        ends = label(first, lang, own), label(last, lang, own)
        return "{}から{}まで".format(*ends) if lang == "ja" else "{} to {}".format(*ends)
    if not name.rpartition(".")[2].isascii():  # what is written in Japanese is words already
        return name.rpartition(".")[2]
    question, _, score = name.rpartition(".")
    if "." in question and score.isdecimal():
        shown = label(question, lang, own)
        return f"{shown} {score}点" if lang == "ja" else f"{shown}: {score}"
    raise KeyError(f"「{name}」の名前が labels.py にも edition.yml にもありません。")
