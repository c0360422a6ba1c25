"""Code list of what an action led to for the subject (field reference 7.5)."""

from panel.codes.code import Code


class SubjectResult(Code):
    """What came of it for the subject: a result of the case, told apart from how the action itself ended."""

    ARRESTED = "arrested", "Arrested"
    CHARGED = "charged", "Charged"
    REMANDED = "remanded", "Remanded"
    RECALLED = "recalled", "Recalled to prison"
    ORDER_GRANTED = "order_granted", "Order granted"
    ORDER_REFUSED = "order_refused", "Order refused"
    ORDER_BREACHED = "order_breached", "Order breached"
    ENGAGED = "engaged", "Engaged with a service"
    MOVED = "moved", "Moved"
    IN_CUSTODY = "in_custody", "In custody"
    NEW_VICTIM = "new_victim_identified", "New victim identified"
    DISCLOSED = "disclosure_made", "Disclosure made"
