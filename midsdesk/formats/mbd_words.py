"""Words of a .mbd for grades, relative levels and alignments; a reader also takes their numbers.

Source: build files, section 2.
"""

from midsdesk.model.vocab import Alignment, Grade, RelativeLevel

# What we write into `BuiltWith` of builds that were made here.
APP = "midsdesk"
APP_VERSION = "0.1.0"
RELATIVE_WORDS = {
    RelativeLevel.NONE: "None",
    RelativeLevel.MINUS_3: "MinusThree",
    RelativeLevel.MINUS_2: "MinusTwo",
    RelativeLevel.MINUS_1: "MinusOne",
    RelativeLevel.EVEN: "Even",
    RelativeLevel.PLUS_1: "PlusOne",
    RelativeLevel.PLUS_2: "PlusTwo",
    RelativeLevel.PLUS_3: "PlusThree",
    RelativeLevel.PLUS_4: "PlusFour",
    RelativeLevel.PLUS_5: "PlusFive",
}
GRADE_WORDS = {
    Grade.NONE: "None",
    Grade.TRAINING: "TrainingO",
    Grade.DUAL: "DualO",
    Grade.SINGLE: "SingleO",
}
ALIGNMENT_WORDS = {side: side.name.capitalize() for side in Alignment}

GRADES = {
    word: grade for grade, name in GRADE_WORDS.items() for word in (name.lower(), str(int(grade)))
}
RELATIVE_LEVELS = {
    word: level
    for level, name in RELATIVE_WORDS.items()
    for word in (name.lower(), str(int(level)))
}
