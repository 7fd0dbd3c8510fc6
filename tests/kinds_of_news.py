"""For the kinds that know the news: what `test_kinds.py` tries every check with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Pair(NamedTuple):
    """Two rules of one check with other words, an article for both, and what each must find."""

    first: str
    second: str
    copy: str
    found: list[tuple[str, str]]
    extra: str = ""
    beside: Mapping[str, str] = {}
    """Other files: articles that are checked as well, and the people file."""


_FILL = "It lay in the harbour all day long and nobody came to see it there. " * 12
_SAID = "Ana Orlu said that it would not sail. {} Ana Orlu said that it was late.\n"
_PIER = (
    "The board has chosen a builder for the pier at Penwick after three years of plans. The firm,"
    " which mended the lighthouse, offered to finish before next winter at the price that the board"
    " had set aside. Fishing boats will berth on the north side while the old planks are taken"
    " away, and ferries will use the village quay. Owners welcomed the decision because storms have"
    " twice damaged the present pier. Divers will inspect the ground before machines arrive. The"
    " board promised a monthly account of what has been spent. Neighbours worry about the noise,"
    " and a meeting is planned for Tuesday evening in the chapel. Several members asked for a"
    " smaller crane, which the builder declined, since heavier timber needs heavier lifting."
)
_OFFICES = (
    "{{check: {0}, lexicons: {{titles: {{offices+: [zorkmaster]}}}}{1}}}",
    "{{check: {0}, lexicons: {{titles: {{offices+: [blendawarden]}}}}{1}}}",
)
_NETWORKS = (
    "{{check: {0}, lexicons: {{promotion: {{networks+: {{Z: ['//go\\.zork\\.example']}}}}}}}}",
    "{{check: {0}, lexicons: {{promotion: {{networks+: {{B: ['//go\\.blenda\\.example']}}}}}}}}",
)


def offices(check: str, more: str = "") -> tuple[str, str]:
    """Options of two rules that know an office each."""
    return _OFFICES[0].format(check, more), _OFFICES[1].format(check, more)


def networks(check: str) -> tuple[str, str]:
    """Options of two rules that know a network each."""
    return _NETWORKS[0].format(check), _NETWORKS[1].format(check)


ATTRIBUTION = {
    ("attribution", "agentless"): Pair(
        "{check: agentless, feelings: [zork], prevails: [prevails]}",
        "{check: agentless, feelings: [blenda], prevails: [reigns], patterns: [it is plended]}",
        "Zork prevails and blenda reigns. It is plended and blenda prevails.\n",
        [("a", "Zork prevails"), ("b", "It is plended"), ("b", "blenda reigns")],
    ),
    ("attribution", "vague"): Pair(
        "{check: vague, sources: [zorks], cues: [say]}",
        "{check: vague, sources: [blendas], cues: [crow]}",
        "Zorks say that it sank. Blendas crow that it rose.\n",
        [("a", "Zorks say"), ("b", "Blendas crow")],
    ),
    ("attribution", "anonymous"): Pair(
        "{check: anonymous, patterns: [nameless zork]}",
        "{check: anonymous, patterns: [some blenda]}",
        "It sank, said a nameless zork. It rose, said some blenda.\n",
        [("a", "nameless zork"), ("b", "some blenda")],
    ),
    ("attribution", "overstated"): Pair(
        "{check: overstated, cues: [zorks]}",
        "{check: overstated, cues: [blends]}",
        "# Storm sank twelve boats\n\nThe ministry zorks that the storm sank twelve boats.\n\n"
        "## Fire burned nine barns\n\nThe owner blends that a fire burned nine barns.\n",
        [("a", "Storm sank twelve boats"), ("b", "Fire burned nine barns")],
        "scope: [headline, subheading]\n",
    ),
}

DATES = {
    ("dates", "after-publication"): Pair(
        "{check: after-publication, verbs: [zorked on]}",
        "{check: after-publication, verbs: [blended on]}",
        "---\ndate: 2025-07-23\n---\nIt zorked on July 30. It blended on July 29.\n",
        [("a", "July 30"), ("b", "July 29")],
    ),
}

DUPLICATE = {
    ("duplicate", "headline"): Pair(
        "{check: headline, telling: [zork], separators: ['|']}",
        "{check: headline, telling: [blenda], separators: [/]}",
        "# Ferry sails at dawn again\n\nIt rained.\n",
        [
            ("a", "Ferry sails at dawn again"),
            ("a", "Ferry sails at dawn again | The Corley Post"),
            ("b", "Mill burns for two days"),
            ("b", "Mill burns for two days / The Penwick Post"),
        ],
        beside={
            "b.md": "# Ferry sails at dawn again | The Corley Post\n\nIt snowed.\n",
            "c.md": "# Mill burns for two days\n\nIt thawed.\n",
            "d.md": "# Mill burns for two days / The Penwick Post\n\nIt froze.\n",
        },
    ),
    ("duplicate", "passage"): Pair(
        "{check: passage, numbers: [zork], negations: [nay]}",
        "{check: passage, numbers: [blenda], negations: [nay]}",
        "".join(
            f"{start} divers found zork coins under the pier.\n\n{start} sailors saw blenda gulls"
            " over the harbour.\n\n"
            for start in ("Two", "The", "Later,")
        ),
        [
            ("a", "divers found zork coins under the pier"),
            ("b", "sailors saw blenda gulls over the harbour"),
        ],
    ),
    ("duplicate", "article"): Pair(
        "{check: article, words: 50}",
        "{check: article, words: 9999}",
        f"# Pier stands\n\n{_PIER}\n",
        [("a", "Pier rests"), ("a", "Pier stands")],
        beside={"b.md": f"# Pier rests\n\n{_PIER}\n"},
    ),
}

FIGURES = {
    ("figures", "conflict"): Pair(
        "{check: conflict, rough: [dozens], events: {die: [killed]}, apart: [zork]}",
        "{check: conflict, rough: [dozens], events: {die: [killed]}, apart: [blenda]}",
        "A fire in the mill killed 12 people on Friday.\n\nCrews came from the valley.\n\n"
        "The fire, in which 14 people were killed, began in a zork.\n\n"
        "The fire, in which 15 people were killed, ended in a blenda.\n",
        [("a", "15 people"), ("b", "14 people")],
    ),
    ("figures", "relabelled"): Pair(
        "{check: relabelled, apart: [zork]}",
        "{check: relabelled, apart: [blenda]}",
        "The zork flood drove 1,400 families from the valley.\n\n"
        "The flood drove 1,400 farmers from the valley.\n",
        [("b", "1,400 farmers")],
    ),
    ("figures", "headline-figure"): Pair(
        "{check: headline-figure, passing: [zork], least-words: 10}",
        "{check: headline-figure, passing: [blenda], least-words: 10}",
        f"# Town has 40 zorks and 50 blendas\n\n{_FILL}\n",
        [("a", "50"), ("b", "40")],
        "scope: [headline]\n",
    ),
    ("figures", "headline-name"): Pair(
        "{check: headline-name, alike: {c: k}, endings: []}",
        "{check: headline-name, alike: {y: i}, endings: []}",
        "# Marchenco and Kilroi rest\n\n"
        "Captain Olena Marchenko left. Captain Ellen Kilroy stayed.\n",
        [("a", "Kilroi"), ("a", "Marchenco"), ("b", "Kilroi")],
        "scope: [headline]\n",
    ),
    ("figures", "percent"): Pair(
        "{check: percent, percent: ['%'], from: [from], to: [to], rises: [rose], falls: [fell],"
        " times: {zorked: 2}}",
        "{check: percent, percent: ['%'], from: [from], to: [to], rises: [rose], falls: [fell],"
        " times: {blended: 3}}",
        "Fares zorked from $2 to $8. Tolls blended from $2 to $9.\n",
        [("a", "zorked"), ("b", "blended")],
    ),
    ("figures", "count"): Pair(
        "{check: count, listed: [zork], open: []}",
        "{check: count, listed: [blenda], open: []}",
        "# Three zorks to keep\n\n## 1. Clean\n\nIt blocks.\n\n## 2. Mend\n\nIt leaks.\n",
        [("a", "Three")],
    ),
    ("figures", "age"): Pair(
        "{check: age, old: [-zork-old]}",
        "{check: age, old: [-blenda-old]}",
        "Jane Roe, 34, was elected. Paul Marl, 52, lost.\n\n"
        "“We begin,” said the 36-zork-old Roe. “We end,” said the 55-blenda-old Marl.\n",
        [("a", "36"), ("b", "55")],
    ),
}

NAMES = {
    ("name-variant", "spelling"): Pair(
        "{check: spelling, alike: {}, endings: [], places: {Gorvik: [Gorwick]}}",
        "{check: spelling, alike: {}, endings: [], places: {Plenn: [Blenn]}}",
        "The train from Gorvik to Plenn met those from Gorwick and Blenn.\n",
        [("a", "Gorwick"), ("b", "Blenn")],
    ),
    ("person-title", "inconsistent-title"): Pair(
        *offices("inconsistent-title", ", order: [now, former], conflicts: [[now, former]]"),
        "Zorkmaster Ilse Brandt met Blendawarden Anna Lund.\n\n"
        "Former Zorkmaster Ilse Brandt met former Blendawarden Anna Lund.\n",
        [("a", "Former Zorkmaster"), ("b", "former Blendawarden")],
    ),
    ("person-title", "outdated-title"): Pair(
        *offices("outdated-title"),
        "---\ndate: 2025-03-10\n---\nZorkmaster Ilse Brandt met Blendawarden Anna Lund.\n",
        [("a", "Zorkmaster"), ("b", "Blendawarden")],
        beside={
            "people.yml": "- name: Ilse Brandt\n"
            "  roles: [{title: zorkmaster, until: 2024-11-30}]\n"
            "- name: Anna Lund\n  roles: [{title: blendawarden, until: 2024-11-30}]\n"
        },
    ),
    ("person-title", "repeated-full-title"): Pair(
        *offices("repeated-full-title"),
        "Zorkmaster Ilse Brandt met Blendawarden Anna Lund.\n\n"
        "They ate. Zorkmaster Ilse Brandt thanked Blendawarden Anna Lund.\n",
        [("a", "Zorkmaster Ilse Brandt"), ("b", "Blendawarden Anna Lund")],
    ),
    ("person-title", "surname-before-full-name"): Pair(
        "{check: surname-before-full-name, acts: [zorks]}",
        "{check: surname-before-full-name, acts: [blends]}",
        "On most days of the week Brandt zorks on the quay, and after dark Lund blends in the"
        " square behind it.\n\nJane Brandt is a miller. Anna Lund is a baker.\n",
        [("a", "Brandt"), ("b", "Lund")],
    ),
}

PROMOTION = {
    ("promotion", "products"): Pair(
        "{check: products, products: [x], imperatives: [x], address: [x], praise: [x],"
        " fills: [zork now]}",
        "{check: products, products: [x], imperatives: [x], address: [x], praise: [x],"
        " starts: [blenda at]}",
        "The ferry stopped.\n\nZork now\n\nBlenda at Acorn\n",
        [("a", "Zork now"), ("b", "Blenda at Acorn")],
    ),
    ("promotion", "affiliate-link"): Pair(
        *networks("affiliate-link"),
        "A [torch](https://go.zork.example/1) and a [lamp](https://go.blenda.example/2).\n",
        [("a", "go.zork.example"), ("b", "go.blenda.example")],
        "scope: [link-url]\n",
    ),
    ("promotion", "disclosure"): Pair(
        *networks("disclosure"),
        "A [torch](https://go.zork.example/1) and a [lamp](https://go.blenda.example/2).\n",
        [("a", "torch"), ("b", "lamp")],
    ),
    ("promotion", "pitch"): Pair(
        "{check: pitch, phrases: [you'll zork it]}",
        "{check: pitch, patterns: ['blenda (your \\w+)']}",
        "You’ll zork it, and blenda your home.\n",
        [("a", "You’ll zork it"), ("b", "your home")],
    ),
    ("promotion", "steering"): Pair(
        "{check: steering, audiences: [zorks], advice: [should \\w+]}",
        "{check: steering, audiences: [blendas], advice: [must \\w+]}",
        "Zorks should pack. Blendas must go.\n",
        [("a", "Zorks should pack"), ("b", "Blendas must go")],
    ),
    ("promotion", "queries"): Pair(
        "{check: queries, phrases: [how to zork]}",
        "{check: queries, phrases: [best blenda near me]}",
        "They ask how to zork and the best blenda near me.\n",
        [("a", "how to zork"), ("b", "best blenda near me")],
    ),
}

QUOTATION = {
    ("quotation", "scare"): Pair(
        "{check: scare, except: [zork]}",
        "{check: scare, except: [blenda]}",
        "The “zork” law was read out on Monday and went to the mayor, who will sign it."
        " It came to the “blenda” house at noon.\n",
        [("a", "“blenda”"), ("b", "“zork”")],
    ),
    ("quotation", "fragment"): Pair(
        "{check: fragment, openers: [zork], telling: 2}",
        "{check: fragment, openers: [blenda], telling: 2}",
        "The envoy left “zork zirk.” They all went down to the harbour in the evening, and the"
        " union called it “blenda useful” and left.\n",
        [("a", "“zork zirk.”"), ("b", "“blenda useful”")],
    ),
}

RESIDUE = {
    ("residue", "link-lines"): Pair(
        "{check: link-lines, lines: [zork also]}",
        "{check: link-lines, lines: [blenda this]}",
        "The ferry stopped.\n\nZork also: Mill burns\n\nBlenda this: Mill stands\n",
        [("a", "Zork also: Mill burns"), ("b", "Blenda this: Mill stands")],
    ),
    ("residue", "navigation"): Pair(
        "{check: navigation, lines: [zork menu]}",
        "{check: navigation, lines: [blenda menu]}",
        "The ferry stopped.\n\nZork menu\n\nBlenda menu\n\nIt sank.\n",
        [("a", "Zork menu"), ("b", "Blenda menu")],
    ),
    ("residue", "lines"): Pair(
        "{check: lines, fills: [zork it]}",
        "{check: lines, starts: [blenda below]}",
        "The ferry stopped.\n\nZork it\n\nBlenda below this\n\nIt sank.\n",
        [("a", "Zork it"), ("b", "Blenda below this")],
    ),
}

SOURCING = {
    ("sourcing", "missing"): Pair(
        "{check: missing, evidence: [zork], venues: [zork]}",
        "{check: missing, evidence: [blenda], venues: [blenda]}",
        f"# Head\n\n{_FILL}\n\n{_SAID.format('It was a blenda.')}\n",
        [("a", "Head")],
    ),
    ("sourcing", "secondhand"): Pair(
        "{check: secondhand, before: [zork], after: [zorked]}",
        "{check: secondhand, before: [blenda], after: [blended]}",
        "Reuters zorked that it sank.\n",
        [("a", "Reuters")],
    ),
    ("sourcing", "single"): Pair(
        "{check: single, pronouns: [she], min-words: 20, min-reports: 2}",
        "{check: single, pronouns: [she], min-words: 20, min-reports: 9}",
        f"# Head\n\n{_FILL}\n\n{_SAID.format('')}\n",
        [("a", "Ana Orlu")],
    ),
}

GRAMMAR = {
    ("grammar", "mistakes"): Pair(
        "{check: mistakes, harper: {rules: [ModalOf]}}",
        "{check: mistakes, harper: {rules: [PronounVerbAgreement]}}",
        "They should of met. She have left.\n",
        [("a", "should of"), ("b", "have")],
    ),
    ("grammar", "spelling"): Pair(
        "{check: spelling, harper: {rules: [SpellCheck]}}",
        "{check: spelling, harper: {rules: [SpellCheck]}, foreign: 0.1}",
        "The brigde fell. The goverment said zeemorst, quandelo, birrasto and omvelkan on a day by the old mill in May.\n",
        [("a", "brigde"), ("a", "goverment"), ("b", "brigde")],
    ),
}

NEWS = {
    **ATTRIBUTION, **DATES, **DUPLICATE, **FIGURES, **NAMES, **PROMOTION, **QUOTATION, **RESIDUE,
    **SOURCING, **GRAMMAR,
}  # fmt: skip

WITHOUT_WORDS = {
    ("dates", "season"): ("It opens at 4 p.m. EST on July 3, 2025.\n", "4 p.m. EST"),
    ("dates", "weekday"): ("It opens on Monday, July 3, 2025.\n", "Monday, July 3, 2025"),
    ("dates", "impossible"): ("It opens on June 31.\n", "June 31"),
    ("dates", "timeline"): ("- May 2025: a\n- May 2025: b\n- May 2025: c\n", "May 2025"),
    ("quotation", "unbalanced"): ("They said “we met.\n\nText.\n", "“"),
    ("quotation", "unattributed"): (
        "The pier fell. “We went home and never came back to it again.” It was dark.\n",
        "“We went home and never came back to it again.”",
    ),
    ("quotation", "edited"): (
        "“We [the crew] went home … and [they] slept,” said Ada Lorne.\n",
        "[the crew]",
    ),
    ("quotation", "drift"): (
        "“We will never leave the old pier to the sea again,” said Ada Lorne.\n\nIt fell.\n\n"
        "It sank.\n\nLorne said, “We will never leave the new pier to the sea again.”\n",
        "We will never leave the new pier to the sea again.",
    ),
}
"""Checks that need no words of the rule: an article and what is found in it."""
