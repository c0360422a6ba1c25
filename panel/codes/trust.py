"""Who sees more, or less, than their part says."""

from panel.codes.code import Code


class GlassFinding(Code):
    """What the chair found of a case that somebody opened in an emergency (field reference 11.2)."""

    NEEDED = "needed", "Needed, and no more was read than that"
    LESS = "less", "Needed, but less would have done"
    NOT_NEEDED = "not_needed", "Not needed"
    MISUSE = "misuse", "Misuse: for the information-governance lead"


class Suspended(Code):
    """Why somebody who has a part sees nothing for the time being."""

    NOT_CONFIRMED = "not_confirmed", "Nobody confirmed in time that they still have this part"
    GONE_FROM_SLACK = "gone_from_slack", "Their account in Slack was closed"
    LEFT_CHANNEL = "left_channel", "They are no longer in the panel's channel"
