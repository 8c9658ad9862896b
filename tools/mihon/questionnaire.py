"""What is asked in 見本市, and what people there think on average. All of it is made up."""

YEARS = (2023, 2024, 2025)

DISTRICTS = {"east": "東部", "west": "西部", "south": "南部", "north": "北部"}
DISTRICT_SHARES = {"east": 0.34, "west": 0.27, "south": 0.24, "north": 0.15}

# Five-year classes of the register (18 and over): lowest and highest age, share of adults.
AGES = {
    (18, 19): 0.022,
    (20, 24): 0.056,
    (25, 29): 0.058,
    (30, 34): 0.062,
    (35, 39): 0.070,
    (40, 44): 0.080,
    (45, 49): 0.092,
    (50, 54): 0.102,
    (55, 59): 0.090,
    (60, 64): 0.076,
    (65, 69): 0.070,
    (70, 74): 0.080,
    (75, 79): 0.064,
    (80, 99): 0.078,
}
PRINTED_AGES = ("18-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70+")
TENURES = ("under_1", "1-5", "5-10", "10-20", "20+")

# 定住人口 on 1 October, all ages, and the share of adults in it.
POPULATION = {2023: 103_780, 2024: 103_590, 2025: 103_412}
ADULTS = 0.853

# Answers 1 … 4 by thresholds on the person's leaning, from the best down; 5 is わからない, with
# the chance that comes first.
ATTITUDES: dict[str, tuple[float, tuple[float, ...]]] = {
    "attachment": (0.13, (0.7, -1.15, -1.85)),
    "residence_intention": (0.11, (0.2, -1.45, -2.15)),
    "information_access": (0.12, (1.25, 0.0, -1.0)),
}

# The three questions from 0 to 10: mean, spread, how much they share with the leaning.
SCORES = {
    "recommend": {"mean": 6.0, "spread": 2.2, "shared": 0.66},
    "participate": {"mean": 4.35, "spread": 2.5, "shared": 0.52},
    "thank": {"mean": 7.9, "spread": 2.1, "shared": 0.62},
}
# 参加意欲 rises a little every year: too little to be told from chance in one step.
RISE = {"recommend": 0.03, "participate": 0.09, "thank": 0.02}

# Those who volunteer are keener: the trap of pooling sources.
KEENER = {
    "resident": {"leaning": 0.0, "participate": 0.0},
    "monitor": {"leaning": 0.35, "participate": 1.2},
    "event": {"leaning": 0.7, "participate": 2.3},
}

# Policy field: name, mean satisfaction and mean importance on −2 … +2.
FIELDS: dict[str, tuple[str, float, float]] = {
    "childcare": ("子育て支援", 0.25, 1.40),
    "education": ("学校教育", 0.20, 1.35),
    "elderly": ("高齢者福祉", 0.05, 1.30),
    "disability": ("障害者福祉", 0.00, 1.10),
    "health": ("健康・医療", 0.30, 1.45),
    "disaster": ("防災", 0.10, 1.50),
    "safety": ("防犯・交通安全", 0.15, 1.45),
    "roads": ("道路・歩道", -0.40, 1.20),
    "transport": ("公共交通", -0.20, 1.15),
    "parks": ("公園・みどり", 0.45, 0.95),
    "waste": ("ごみ・資源循環", 0.55, 1.05),
    "landscape": ("まちなみ・景観", 0.20, 0.75),
    "commerce": ("商業・にぎわい", -0.45, 0.90),
    "agriculture": ("農業", 0.10, 0.55),
    "employment": ("働く場", -0.30, 0.85),
    "culture": ("文化・芸術", 0.15, 0.50),
    "sports": ("スポーツ", 0.20, 0.45),
    "community": ("地域活動", 0.00, 0.55),
    "participation": ("市民参加", -0.10, 0.05),
    "city_information": ("市政情報の発信", 0.10, 0.80),
}

ACTIVITIES = {
    "association": ("自治会・町内会", 0.24),
    "cleaning": ("清掃・美化", 0.13),
    "disaster_drill": ("防災訓練", 0.11),
    "festival": ("祭り・行事", 0.17),
    "children": ("子どもの見守り", 0.07),
    "none": ("どれにも参加していない", 0.0),
}
