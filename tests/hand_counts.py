"""Paragraphs counted by hand: after each sentence the syllables of its words, one by one.

They are counted as Flesch says: contractions, compounds, abbreviations and figures are one word,
and abbreviations and figures have one syllable. Words that are spoken in two ways (“every”, “hour”)
are left out, since neither count would be wrong. A sentence without counts is a quotation, which is
not the outlet's own.
"""

from __future__ import annotations

PARAGRAPHS: list[list[tuple[str, str]]] = [
    [
        ("The mayor of St. Louis, Dr. J. Smith, said the city would pay.", "1211211111211"),
        ("Nobody on the council had asked her to.", "31121111"),
    ],
    [
        (
            "The ferry to Port Ansel left at 7:30 a.m. on Tuesday with 41 people aboard.",
            "121121111121122",
        ),
        (
            "It came back at noon without them, and its captain would not say why.",
            "11111211121111",
        ),
    ],
    [
        ("Prices rose 3.4 percent in May, the fastest pace since 2011.", "21121112111"),
        ("Bread cost 12% more than a year before—milk, 9%.", "1111111211"),
        ("Economists had expected less.", "4131"),
    ],
    [
        ("A well-known baker of Hollin, Ewan Stroud, has sold his shop.", "12212211111"),
        (
            "The buyer is a 30-year-old teacher from Dorrow who has never baked a loaf in her life.",
            "12113212112111111",
        ),
        ("“I shall learn,” she said.", ""),
    ],
    [
        (
            "Gen. R. J. Orme told Sen. Ada Lorne that the U.S. fleet would leave by 5 p.m.",
            "11111121111111111",
        ),
        ("He gave no reason.", "1112"),
        ("She did not ask for one.", "111111"),
    ],
    [
        (
            "Three men—two of them brothers—were pulled from the water on Friday night.",
            "11111211112121",
        ),
        (
            "Rescuers found the boat, a ten-foot skiff, upside down near the lighthouse.",
            "311112121112",
        ),
        ("Its owner had reported it stolen.", "121312"),
    ],
    [
        ("The university will close its library for renovation in September.", "1511131413"),
        ("Students may borrow as many books as they can carry.", "2121211112"),
        ("Nobody expects to see all of them again.", "32111112"),
    ],
    [
        (
            "Independent investigators recommended a comprehensive review of the authority’s safety"
            " procedures.",
            "45414211423",
        ),
        ("Its director rejected the recommendation immediately.", "133155"),
    ],
    [
        (
            "The bridge cost $2.6 million, or $400 for each household in the county.",
            "1111211112112",
        ),
        ("It opened on Oct. 3 and closed on Nov. 9.", "1211111111"),
        ("Ice had cracked two of its piers.", "1111111"),
    ],
    [
        ("Mrs. Dale kept bees.", "1111"),
        ("She also kept two goats, a mule and a very old dog.", "121111111211"),
        (
            "When she died last week at 94, her neighbors divided the animals among themselves.",
            "11111111231322",
        ),
    ],
    [
        ("NASA and the FBI would not comment.", "1111112"),
        (
            "The probe, which had cost about $1.2 billion, was lost somewhere over the Pacific.",
            "11111212112213",
        ),
        ("A spokeswoman called it a regrettable anomaly.", "1311144"),
    ],
    [
        ("The vote was 7-2.", "1111"),
        (
            "Councilman Reuben Tarr, who had opposed the plan for years, walked out before it was"
            " counted.",
            "3211121111112112",
        ),
        ("The others went on to talk of parking.", "12111112"),
    ],
    [
        ("Rain fell.", "11"),
        ("The river rose.", "121"),
        (
            "By dawn the water stood in each street of the lower town, and the school had to close.",
            "111211111121111111",
        ),
    ],
    [
        ("The report runs to 1,200 pages.", "121112"),
        (
            "Few of the ministers who praised it on television had opened it, according to two of"
            " their own officials.",
            "1113111141213111113",
        ),
        ("One thought that it was about fish.", "1111121"),
    ],
    [
        ("At 9.15 on Monday the train from Quell pulled in, 80 minutes late.", "1112111111121"),
        ("Its 300 passengers had been told nothing.", "1131112"),
        ("Some had walked the last mile in the snow.", "111111111"),
    ],
    [
        (
            "Doctors at the clinic in Lowater can’t say what made the children ill.",
            "2112131111121",
        ),
        ("They’ve ruled out the water, the milk and the paint.", "1111211111"),
        ("Tests of the soil won’t be ready until June.", "111111221"),
    ],
    [
        (
            "The company’s shares lost a fifth of their value after its chief executive resigned.",
            "13111111221142",
        ),
        ("He had led it for 11 years.", "1111111"),
        ("The board named his deputy, Ines Okafor, to succeed him.", "1111323121"),
    ],
    [
        (
            "Archaeologists digging under the old market have found a Roman kitchen with its pots"
            " still on the hearth.",
            "522112111221111111",
        ),
        ("The soup, they say, was lentil.", "111112"),
        ("The bowls will go to the county museum.", "11111123"),
    ],
    [
        (
            "The company, which makes pumps, e-mailed its customers on Dec. 24 to say that a 25-cent"
            " valve could fail.",
            "1311121311111112111",
        ),
        ("It had known since spring.", "11111"),
        ("A recall—its third in two years—will begin on Jan. 2.", "121111112111"),
    ],
    [
        (
            "Negotiations between the teachers’ union and the provincial government collapsed on"
            " Thursday.",
            "521221133212",
        ),
        ("Neither side would say what had happened.", "2111112"),
        (
            "Classes for 48,000 pupils will remain suspended until further notice, a ministry"
            " official said.",
            "21121232221331",
        ),
    ],
]
