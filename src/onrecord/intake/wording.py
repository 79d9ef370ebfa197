"""one line of a page -> which kinds of page furniture its words announce.

The lists are written by hand from what news pages in English say around an article. A hit is evidence for
`cleaning`, not a verdict, but for the few kinds in `SURE`. Every test looks at a bounded number of
characters and has no nested repetition, so that no line can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

REACH: Final = 400
"""Characters of a line that are looked at: furniture shows itself early."""

SHORT: Final = 12
"""Words of a line that is nothing but furniture, at most (menus may be longer)."""


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


SITES: Final = _words(
    "facebook twitter tumblr linkedin pinterest reddit whatsapp telegram google instagram youtube flipboard",
    "stumbleupon digg delicious del icio email vkontakte vk viber skype rss messenger mixx buzz myspace",
    "newsvine x plus threads mastodon bluesky",
)
SHARE: Final = SITES | _words(
    "share tweet pin post follow save like recommend e mail print send on in via to this article story",
    "page us",
    "it me a friend friends bookmark copy link and or with now by more get short url shares tweets likes",
)
MENU: Final = _words(
    "home world politics political business sport sports opinion opinions tech technology science health",
    "culture",
    "art arts entertainment life lifestyle living travel video videos photo photos gallery galleries weather",
    "money market markets economy finance news latest local national international editorial editorials",
    "feature features blog blogs podcast podcasts radio tv live listen watch shows magazine archive archives",
    "search menu section sections topic topics more about us contact careers jobs advertise with help faq",
    "rss site map sitemap mobile app apps newsletter newsletters subscribe log login logout sign in out up",
    "register account my shop store classifieds obituaries terms of use service privacy policy cookie",
    "cookies",
    "accessibility u s a usa uk eu asia africa europe middle east america americas pacific crime education",
    "environment books food fashion auto autos cars real estate investigations analysis comment comments",
    "commentary skip main content close back next previous prev top all and the edition print paper",
    "discussion community standards guidelines free trial issue font size default smaller larger reset",
    "register subscription subscriptions support donate shopping events forum forums columnists letters",
    "elections election multimedia interactive interviews interview press center staff our team policies",
)
COMMENTS: Final = _words(
    "comment comments reply replies view views share shares like likes response responses discuss discussion",
    "this leave a post add your join the conversation report abuse show load more write community standards",
    "be first to are closed no yet on article story and read all",
)
STAMP: Final = _words(
    "published posted updated last modified edited first created date issued on at by edt est et cet gmt utc",
    "bst msk ist cst pst pdt cdt am pm a p m hrs mon monday tue tues tuesday wed wednesday thu thur thurs",
    "thursday fri friday sat saturday sun sunday january february march april may june july august september",
    "october november december jan feb mar apr jun jul aug sep sept oct nov dec st nd rd th of time",
)
MONTHS: Final = _words(
    "january february march april may june july august september october november december jan feb mar apr",
    "jun jul aug sep sept oct nov dec",
)
ADVERT: Final = _words(
    "advertisement advertisements advert adverts ad ads choices sponsored content promoted paid by"
)
PARTICLES: Final = _words("and de van von al bin der la le el di da of the in for jr sr")

PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    "share words": re.compile(
        r"\b(?:share (?:this|on|via|with)|follow (?:us|me|@)|like us on|(?:on|in) (?:facebook|twitter|tumblr)"
        r"|get short url|short url|copy (?:the )?link|print this|e-?mail (?:this|to a friend)|bookmark)\b",
        re.IGNORECASE,
    ),
    "crumbs": re.compile(
        r"^\s*(?:you are here:?|home|news|front page|main)\s*(?:[/>»›|:→])\s*\S", re.IGNORECASE
    ),
    "plea": re.compile(
        r"\b(?:subscribe|newsletters?|sign[ -]?up (?:for|to|now|here)|donate|make a (?:gift|contribution"
        r"|donation)"
        r"|become a (?:member|subscriber|patron)|support (?:our|local|independent|us|quality) \w+"
        r"|delivered (?:straight |directly )?to your|your inbox|free trial|download (?:the|our) app|join our"
        r"|get (?:our|the latest|the best)|enter your e-?mail|register (?:now|here|for free)"
        r"|already a (?:member|subscriber)|follow us|push notifications|(?:whatsapp|telegram) channel)\b",
        re.IGNORECASE,
    ),
    "legal": re.compile(
        r"©|\(c\) ?(?:19|20)\d\d|\ball rights reserved\b|\bcopyright\b|\bterms (?:of use|of service"
        r"|and conditions)\b"
        r"|privacy (?:policy|notice|statement)|cookie policy|user agreement|use of this site\b|we use cookies"
        r"|may not be (?:published|reproduced|republished|redistributed|broadcast)"
        r"|views expressed (?:here|in this|by|are)",
        re.IGNORECASE,
    ),
    "related": re.compile(
        r"^\W*(?:read (?:more|also|next|the full)\b|read:|also read|see also|see more|check also"
        r"|more (?:on|from|in|about|stories|news|headlines)\b"
        r"|related(?: (?:article|articles|stories|news|posts?|topics?|links?|content|coverage"
        r"|videos?))?\W*$|related:"
        r"|you (?:may|might) (?:also )?(?:like|be interested)|recommended|don['’]t miss|must.reads?\b"
        r"|most (?:read|popular|viewed|shared|commented|e-?mailed|recent)|trending|popular\b"
        r"|latest (?:news|stories|articles|headlines|videos?)|top (?:stories|news)"
        r"|editor['’]?s['’]? (?:picks?|choice)"
        r"|in (?:other|related) news|(?:previous|next) (?:article|post|story)|continue reading|click here"
        r"|watch(?::| (?:this|more|video|live|now)\b)|(?:story|article) continues|around the web|from the web"
        r"|from our partners|sponsored|promoted|what to read next|further reading|(?:frontline|live"
        r"|news) updates?\W*$"
        r"|breaking news\W*$|up next|in pictures|in this (?:story|article)\W*$|on this (?:story|topic)\W*$)",
        re.IGNORECASE,
    ),
    "tags": re.compile(
        r"^\W*(?:tags?|keywords?|topics?|categor(?:y|ies)|filed under|posted in|labels?)\s*[:|]",
        re.IGNORECASE,
    ),
    "about": re.compile(
        r"^\W*(?:about (?:the )?(?:admin|author|writer)\b|view all posts|all posts by|posts? by"
        r"|author archive"
        r"|(?:posted|published|submitted) by\b|authors?:|staff (?:writer|reporter)\W*$)",
        re.IGNORECASE,
    ),
    "ago": re.compile(
        r"^.{0,40}\b\d{1,3} (?:second|minute|min|hour|hr|day|week|month|year)s? ago\W*$", re.IGNORECASE
    ),
    "reading time": re.compile(r"^\W*\d{1,3} ?-?min(?:ute)?s?\.? read", re.IGNORECASE),
    "caption": re.compile(
        r"\(?(?:AP|AFP|Reuters|EPA|Getty|Xinhua|Tass|Sputnik)\b.{0,20}\b(?:photo|images?|pool)"
        r"|\bphoto(?:graph)?s? ?(?:by|:|/|credit|courtesy)|(?:image|picture|photo)s? ?(?:credits?"
        r"|copyright|caption|source|:)"
        r"|getty images|file (?:photo|picture|image)|shutterstock|via (?:AP|Reuters|Getty)|\bhandout\W*$"
        r"|\bphoto\W*$"
        r"|pictured (?:above|left|right|here)|\b(?:is|are) (?:seen|pictured|shown)\b|^\W*(?:image|photo"
        r"|picture)\b",
        re.IGNORECASE,
    ),
    "wayback": re.compile(
        r"\b\d+ captures\b|about this capture|collected by$|^organization:|^collection:|internet archive",
        re.IGNORECASE,
    ),
    "address": re.compile(r"https?://|www\.|[\w.+-]{1,64}@[\w-]{1,64}\.\w|(?:^|\s)[@#]\w"),
    "player": re.compile(
        r"\b(?:javascript|flash player|browser|video player|play video|playback|embed|click to (?:play"
        r"|listen|enlarge)"
        r"|listen live|listen to (?:this|the) article|slideshow|enlarge|loading|hide caption|toggle"
        r"|scroll)\b",
        re.IGNORECASE,
    ),
}
"""Kind of furniture -> how a line of it is worded, for the kinds that word lists do not tell."""

TRIGGERS: Final[dict[str, frozenset[str]]] = {
    "share words": _words("share follow like facebook twitter tumblr url link print email mail bookmark"),
    "plea": _words(
        "subscribe newsletter newsletters sign signup donate make become support delivered inbox trial",
        "download",
        "join get enter register already follow notifications channel",
    ),
    "legal": _words(
        "copyright rights c terms privacy cookie cookies agreement site published reproduced republished",
        "redistributed broadcast views",
    ),
    "caption": _words(
        "photo photos photograph photographs image images picture pictures pool getty file shutterstock via",
        "handout pictured seen shown",
    ),
    "wayback": _words("captures capture collected organization collection archive"),
    "player": _words(
        "javascript flash browser video play playback embed click listen slideshow enlarge loading hide",
        "toggle",
        "scroll",
    ),
}
"""Kind -> words of which its pattern needs one: most paragraphs have none, and the search is spared."""

KINDS: Final = ("share", "menu", "comments", "stamp", "advert", "byline", *PATTERNS)

SURE: Final = frozenset(
    {"share", "menu", "crumbs", "comments", "tags", "stamp", "advert", "reading time", "ago"}
)
"""Kinds whose test takes in the whole line, or cannot open a sentence: enough on a short line."""

AGENCIES: Final = (
    r"(?:reuters|afp|agence france[- ]presse|ap|associated press|tass|itar-tass|interfax(?:-\w+)?"
    r"|ria novosti|ria|xinhua"
    r"|upi|dpa|ansa|efe|bloomberg(?: news)?|anadolu(?: agency)?|kyodo(?: news)?|yonhap|pti|ani|ians|irna"
    r"|mehr|tasnim"
    r"|isna|unian|ukrinform|belta|kazinform|apa|azertac|khaama press|pajhwok|sana|wam|cna|bernama|antara)"
)
CREDIT: Final = re.compile(
    rf"^\W*(?:"
    rf"(?:additional |with )?(?:reporting|writing|editing|edited|compiled|translation|translated"
    rf"|reported|written)"
    rf"(?: and (?:reporting|writing|editing|additional reporting))? (?:by|from) .{{2,200}}"
    rf"|with (?:reporting|inputs?|files|agency inputs|contributions?|material"
    rf"|additional reporting) (?:by|from) .{{2,120}}"
    rf"|[A-Z].{{2,120}} contributed (?:reporting|to this (?:report|story|article)).{{0,120}}"
    rf"|(?:source|sources|via|credit|original|agency|agencies) ?[:=–—-] ?\S+(?: \S+){{0,4}}"
    rf"|contributing to this (?:report|story|article)\b.{{0,280}}"
    rf"|(?:with )?agenc(?:y|ies)(?: inputs)?"
    rf"|(?:by |the )?{AGENCIES}(?: (?:staff|news|news agency))?(?: ?[,/&|+-] ?(?:and )?{AGENCIES}){{0,4}}"
    rf"|[-–—(\[]+ ?{AGENCIES}[^.!?]{{0,40}}"
    rf"|(?:this (?:article|story|report|piece) (?:was )?(?:first|originally) (?:published|appeared)"
    rf"|originally published)"
    rf"\b.{{0,200}}"
    rf"|(?:©|\(c\)|copyright) ?(?:(?:19|20)\d\d )?(?:by )?(?:the )?{AGENCIES}\b.{{0,60}}"
    rf")\W*$",
    re.IGNORECASE,
)
"""A line that says who made or first published the piece."""

WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
JOINED: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where two menu words were glued together: "StandardsDiscussion"."""
RIGHTS: Final = re.compile(r"©|\(c\) ?(?:19|20)\d\d|\ball rights reserved\b", re.IGNORECASE)
"""A line with it is a rights notice, unless it is as long as a paragraph."""
BYLINE: Final = re.compile(r"\s*(?:story |text |words )?(?:by|from)[\s:]+(\S.*)", re.IGNORECASE)


def find_words(line: str) -> list[str]:
    """The words and numbers of the line's first `REACH` characters, lower-cased."""
    return [word.lower() for word in WORD.findall(JOINED.sub(" ", line[:REACH]))]


def find_kinds(line: str) -> frozenset[str]:
    """The kinds of furniture that the line's words announce, judged on its first `REACH` characters."""
    head = line[:REACH]
    words = find_words(head)
    kinds = {
        kind for kind, pattern in PATTERNS.items() if _may_hit(kind, words, head) and pattern.search(head)
    }
    if not words:
        return frozenset(kinds)
    letters = [word for word in words if not word.isdigit()]
    if _all(letters, SHARE) and not SHARE.isdisjoint(letters) and len(words) <= SHORT and not _is_prose(line):
        kinds.add("share")
    if _all(letters, MENU) and letters and not _is_prose(line):
        kinds.add("menu")
    if _all(letters, COMMENTS) and {"comment", "comments", "discussion", "discuss", "replies"} & set(letters):
        kinds.add("comments")
    if is_stamp(words):
        kinds.add("stamp")
    if _all(words, ADVERT):
        kinds.add("advert")
    if is_byline(line):
        kinds.add("byline")
    return frozenset(kinds)


def is_stamp(words: list[str]) -> bool:
    """True for the words of a line that holds nothing but a day, a clock, and what they are ("Updated …")."""
    if not words or len(words) > 24 or not any(word.isdigit() for word in words):
        return False
    letters = [word for word in words if not word.isdigit()]
    digits = len(words) - len(letters)
    if not _all(letters, STAMP):
        return False
    return digits >= 3 or (digits >= 1 and not STAMP.isdisjoint(letters) and len(words) >= 3)


def is_byline(line: str) -> bool:
    """True for "By Jane Roe" and "By Jane Roe and John Doe": "by" and names, nothing else."""
    match = BYLINE.fullmatch(line.strip()[:120])
    if match is None or line.strip()[-1:] in ".?!:" or len(line) > 120:
        return False
    words = match.group(1).replace(",", " ").replace("&", " and ").split()
    return 0 < len(words) <= SHORT and all(
        word[0].isupper() or word in PARTICLES or not word[0].isalpha() for word in words
    )


def is_credit(line: str) -> bool:
    """True for a short line that is an agency's or source's sign-off."""
    stripped = " ".join(line[:REACH].split())
    return len(stripped) <= 320 and CREDIT.match(stripped) is not None


def _may_hit(kind: str, words: list[str], head: str) -> bool:
    """False when the kind's pattern cannot be found in the line."""
    if kind == "address":
        return "@" in head or "#" in head or "://" in head or "www." in head.lower()
    triggers = TRIGGERS.get(kind)
    return triggers is None or not triggers.isdisjoint(words) or (kind == "legal" and "©" in head)


def _all(words: Iterable[str], known: frozenset[str]) -> bool:
    return all(word in known for word in words)


def _is_prose(line: str) -> bool:
    """True for a line that ends as a sentence does: "More about us." is one, "More about us" is none."""
    stripped = line.rstrip(" \t\xa0\"'”’)")
    return stripped.endswith((".", "?", "!")) and len(stripped.split()) > 3
