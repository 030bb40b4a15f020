"""The closed lists of the codebook, in the order in which the model's outputs stand."""

EVENT_TYPES = (
    "chemical_attack air_strike shelling bombing territory_taken territory_transfer armed_clash sexual_violence "
    "abduction targeted_violence arrest release looting destruction weapons_seizure siege deployment group_change "
    "agreement protest_crackdown riot protest displacement other"
).split()
SCOPES = ["incident", "campaign"]
REALIS = ["actual", "planned", "denied", "failed"]
OUTCOMES = "killed injured captured missing displaced released surrendered seized destroyed".split()
SIDES = ["civilian", "target", "agent", "unknown"]
ITEMS = "weapons ammunition vehicle armour aircraft building supplies livestock other".split()
STANCES = ["reports", "claims", "accuses", "denies"]
ACTOR_KINDS = (
    "state_force government armed_group militia foreign_force international_org civilians individual facility "
    "unidentified other"
).split()
STATEMENTS = (
    "control contested presence lost leads member allegiance alliance rivalry objective expected pattern toll"
).split()
# How an event without a time phrase of its own is dated.
DATE_MODES = ["none", "phrase", "published", "day_before", "other"]

# Kinds of span that the tagger marks, each with an inside and a begin score.
SPANS = ["actor", "place", "time", "outcome", "weapon", "source"]
# What a trigger word (row) may link to (column).
EVENT_ROLES = ["agent", "target", "place", "date", "source", "weapon", "outcome", "same"]
# What a statement's subject word (row) may link to.
STATEMENT_ROLES = ["object", "clause", "told_by"]
ROLES = EVENT_ROLES + STATEMENT_ROLES
# The kind of span that fills a role.
ROLE_SPAN = {
    "agent": "actor", "target": "actor", "place": "place", "date": "time", "source": "source",
    "weapon": "weapon", "outcome": "outcome",
}

# Outputs scored for every word: name -> size. All sigmoid but those in SOFTMAX.
WORD_HEADS = {
    "trigger": 2,  # any naming of an event; the naming that the annotator chose
    "span": 2 * len(SPANS),  # inside, begin of each kind
    "what": len(OUTCOMES),
    "part": 1,
    "subject": len(STATEMENTS),
    "type": len(EVENT_TYPES),
    "scope": len(SCOPES),
    "realis": len(REALIS),
    "date_mode": len(DATE_MODES),
    "side": len(SIDES),
    "item": len(ITEMS),
    "stance": len(STANCES),
    "actor_kind": len(ACTOR_KINDS),
}
SOFTMAX = {"type", "scope", "realis", "date_mode", "side", "item", "stance", "actor_kind"}


def word_columns() -> dict[str, slice]:
    """Where each head stands in the model's word output."""
    columns, at = {}, 0
    for name, size in WORD_HEADS.items():
        columns[name] = slice(at, at + size)
        at += size
    return columns
