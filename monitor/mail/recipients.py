"""Which recipients an alert is for."""

from monitor.mail.alert_kinds import countries_of, kind_of, severity_of
from monitor.matching.watchlist import matches
from monitor.model.alerts import Alert, AlertBody
from monitor.model.eastern import eastern_date
from monitor.model.settings import Recipient
from monitor.model.severity import NO_DEADLINES, DeadlineTopic


def is_for(recipient: Recipient, alert: Alert) -> bool:
    """Whether a recipient gets an alert: by topic, countries and severity, or because it has a name of their watchlist.

    An alert without topics, such as the one that confirms a baseline, is for everybody.
    """
    if not alert.topics:
        return True
    if asked_for(recipient, alert) and concerns(recipient, alert.body) and is_severe_enough(recipient, alert):
        return True
    return bool(matches(recipient.watchlist, alert.body))


def asked_for(recipient: Recipient, alert: Alert) -> bool:
    """Whether an alert is of a topic of this recipient.

    Deadlines have topics of their own; a recipient who names none of these gets the deadlines of the kinds of documents
    that they asked for.
    """
    deadlines = kind_of(alert.body).deadlines(alert.body)
    if deadlines and NO_DEADLINES in recipient.topics:
        return False
    wanted = deadlines if deadlines and names_deadlines(recipient) else alert.topics
    return any(topic in recipient.topics for topic in wanted)


def names_deadlines(recipient: Recipient) -> bool:
    """Whether a recipient says which deadlines they want mail about."""
    return any(topic in recipient.topics for topic in DeadlineTopic)


def is_severe_enough(recipient: Recipient, alert: Alert) -> bool:
    """Whether an alert is as severe as the recipient wants, on the day on which it was made."""
    return severity_of(alert.body, eastern_date(alert.created_at)).rank >= recipient.least_gravity.rank


def concerns(recipient: Recipient, body: AlertBody) -> bool:
    """Whether an alert has, or may have, an entry of one of the recipient's countries: prose is for all of them."""
    if not recipient.countries:
        return True
    found = countries_of(body)
    return found is None or not found.isdisjoint(recipient.countries)
