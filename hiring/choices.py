from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Seniority(models.TextChoices):
    JUNIOR = "junior", _("junior")
    MIDDLE = "middle", _("middle")
    SENIOR = "senior", _("senior")


class ClientMix(models.TextChoices):
    BIG = "big", _("big clients only")
    MIXED = "mixed", _("big and small clients")


class WorksWith(models.TextChoices):
    ALONE = "alone", _("works alone")
    TEAM = "team", _("leads a team")


class CompetencyGroup(models.TextChoices):
    SKILL = "skill", _("skills of a key account manager")
    INTERVIEW = "interview", _("seen in interviews")
    PERSONAL = "personal", _("personal")


class EmployerKind(models.TextChoices):
    AGENCY = "agency", _("agencies")
    COMPANY = "company", _("companies")


class Experience(models.TextChoices):
    """As head of a client department, in the words of the shipped table."""

    NONE = "none", _("none yet")
    ONE = "one", _("from 1 year")
    TWO = "two", _("from 2 years")
    THREE = "three", _("from 3 years")


class VacancyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("vacancy", "draft")
    PROPOSED = "proposed", pgettext_lazy("vacancy", "waits for approval")
    APPROVED = "approved", pgettext_lazy("vacancy", "approved")
    OPEN = "open", pgettext_lazy("vacancy", "open")
    HELD = "held", pgettext_lazy("vacancy", "on hold")
    FILLED = "filled", pgettext_lazy("vacancy", "filled")
    CLOSED = "closed", pgettext_lazy("vacancy", "closed")


class StageKind(models.TextChoices):
    """What a stage is for, in the order of the road; several stages may be of one kind."""

    FOUND = "found", _("found")
    CALL = "call", _("to call")
    FORM = "form", _("questionnaire")
    INVITE = "invite", _("to invite")
    SESSION = "session", _("invited to a session")
    TASK = "task", _("test task")
    DECISION = "decision", _("decision")
    OFFER = "offer", _("offer")
    HIRED = "hired", _("hired")


class CandidacyState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("candidacy", "under way")
    HIRED = "hired", pgettext_lazy("candidacy", "hired")
    REJECTED = "rejected", pgettext_lazy("candidacy", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("candidacy", "withdrew")


class Source(models.TextChoices):
    FORM = "form", _("public form")
    HH = "hh", "HeadHunter"
    SUPERJOB = "superjob", "SuperJob"
    LINKEDIN = "linkedin", "LinkedIn"
    DATABASE = "database", _("another CV database")
    REFERRAL = "referral", _("referral")
    TARGET = "target", _("approached at a company")
    AGENCY = "agency", _("agency")
    INTERNAL = "internal", _("own staff")
    OTHER = "other", pgettext_lazy("source", "other")


class TierKind(models.TextChoices):
    """Whom to look for first: the order of the search."""

    OWN_MARKET = "own_market", _("successful companies of our market")
    NICHE = "niche", _("adjacent niches with similar customers")
    EVERYONE = "everyone", _("everyone who answers")


class OffLimitsKind(models.TextChoices):
    CUSTOMER = "customer", _("own customer: not to poach from")
    PARTNER = "partner", _("partner: not to poach from")
    UNWANTED = "unwanted", _("people from there are not wanted")


class CallOutcome(models.TextChoices):
    AGREED = "agreed", pgettext_lazy("call", "agreed")
    REFUSED = "refused", pgettext_lazy("call", "refused")
    LATER = "later", pgettext_lazy("call", "call later")
    NO_ANSWER = "no_answer", pgettext_lazy("call", "no answer")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("call", "wrong number")
    DO_NOT_CALL = "do_not_call", pgettext_lazy("call", "do not call again")


class CallState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("call", "waiting")
    DONE = "done", pgettext_lazy("call", "done")
    GIVEN_UP = "given_up", pgettext_lazy("call", "given up")


class LetterKind(models.TextChoices):
    APPROACH = "approach", _("first approach")
    RECEIVED = "received", _("application received")
    INVITATION = "invitation", _("invitation to a session")
    REMINDER = "reminder", _("reminder of a session")
    TASK = "task", _("test task")
    TASK_REMINDER = "task_reminder", _("reminder of a test task")
    REJECTION = "rejection", _("rejection")
    OFFER = "offer", pgettext_lazy("letter", "offer")
    RENEWAL = "renewal", _("asking to keep the data longer")
    LINK = "link", _("personal link")
    OTHER = "other", pgettext_lazy("letter", "other")


class LetterState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("letter", "waits to be sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    FAILED = "failed", pgettext_lazy("letter", "could not be sent")
    STOPPED = "stopped", pgettext_lazy("letter", "not sent")


class QuestionKind(models.TextChoices):
    TEXT = "text", _("short answer")
    LONG_TEXT = "long_text", _("long answer")
    NUMBER = "number", _("number")
    MONEY = "money", _("amount of money")
    YES_NO = "yes_no", _("yes or no")
    CHOICE = "choice", _("one of several")
    CHOICES = "choices", _("any of several")
    SCALE = "scale", _("scale from 1 to 5")
    DATE = "date", _("date")
    FILE = "file", _("file")


class Verdict(models.TextChoices):
    """What a rule found, and what a person then made of it."""

    PASSES = "passes", pgettext_lazy("rule", "passes")
    FAILS = "fails", pgettext_lazy("rule", "fails")
    UNCLEAR = "unclear", pgettext_lazy("rule", "needs a look")


class ConsentPurpose(models.TextChoices):
    VACANCY = "vacancy", _("this vacancy")
    POOL = "pool", _("later vacancies")
    NEWS = "news", _("news of the company")


class SessionKind(models.TextChoices):
    GROUP = "group", _("group interview")
    STREAM = "stream", _("one after another")


class SessionState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("session", "planned")
    RUNNING = "running", pgettext_lazy("session", "running")
    FINISHED = "finished", pgettext_lazy("session", "finished")
    CANCELLED = "cancelled", pgettext_lazy("session", "cancelled")


class SeatState(models.TextChoices):
    """From the invitation to the chair."""

    INVITED = "invited", pgettext_lazy("seat", "invited")
    WAITING = "waiting", pgettext_lazy("seat", "waits for a place")
    BOOKED = "booked", pgettext_lazy("seat", "booked")
    CONFIRMED = "confirmed", pgettext_lazy("seat", "confirmed")
    DECLINED = "declined", pgettext_lazy("seat", "declined")
    CANCELLED = "cancelled", pgettext_lazy("seat", "called off")
    MOVED = "moved", pgettext_lazy("seat", "moved to another session")
    CAME = "came", pgettext_lazy("seat", "came")
    LATE = "late", pgettext_lazy("seat", "came late")
    NO_SHOW = "no_show", pgettext_lazy("seat", "did not come")


class ExerciseKind(models.TextChoices):
    LOSS = "loss", _("a client is lost")
    CONFLICT = "conflict", _("conflict with a client")
    GROWTH = "growth", _("growth plan")
    VALUE = "value", _("selling with value")
    OTHER = "other", pgettext_lazy("exercise", "other")


class SheetKind(models.TextChoices):
    """The round a scorecard belongs to."""

    CV = "cv", _("CV review")
    CALL = "call", _("telephone interview")
    SESSION = "session", _("group interview")
    INTERVIEW = "interview", _("structured interview")
    LANGUAGE = "language", _("language check")
    TASK = "task", _("test task")


class TaskPlace(models.TextChoices):
    ROOM = "room", _("in the room")
    HOME = "home", _("at home")


class HomeTaskState(models.TextChoices):
    SENT = "sent", pgettext_lazy("test task", "sent")
    SUBMITTED = "submitted", pgettext_lazy("test task", "handed in")
    GRADED = "graded", pgettext_lazy("test task", "graded")
    EXPIRED = "expired", pgettext_lazy("test task", "not handed in")
    CANCELLED = "cancelled", pgettext_lazy("test task", "withdrawn")


class OfferState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("offer", "draft")
    PROPOSED = "proposed", pgettext_lazy("offer", "waits for approval")
    APPROVED = "approved", pgettext_lazy("offer", "approved")
    SENT = "sent", pgettext_lazy("offer", "sent")
    ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
    DECLINED = "declined", pgettext_lazy("offer", "declined")
    EXPIRED = "expired", pgettext_lazy("offer", "expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "taken back")


class AccessAct(models.TextChoices):
    VIEWED = "viewed", pgettext_lazy("access", "opened")
    DOWNLOADED = "downloaded", pgettext_lazy("access", "downloaded a file")
    EXPORTED = "exported", pgettext_lazy("access", "exported")
    SELF = "self", pgettext_lazy("access", "opened by the candidate")


class CandidateField(models.TextChoices):
    """What a column of a file of candidates can mean, in the order people are asked."""

    NAME = "name", pgettext_lazy("person", "name")
    OTHER_NAME = "other_name", _("name in another script")
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    MESSENGER = "messenger", _("messenger")
    PROFILE = "profile", _("web page")
    TITLE = "title", _("present position")
    EMPLOYER = "employer", _("present employer")
    CITY = "city", _("city")
    COUNTRY = "country", _("country: its code or name")
    YEARS = "years_in_sales", _("years in sales")
    PAY = "pay_wish", _("wants, a month")
    CURRENCY = "pay_currency", _("currency of the wish")
    SOURCE = "source", _("source")
    SUMMARY = "summary", _("in short")


class ProbationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("probation", "draft")
    OFFERED = "offered", pgettext_lazy("probation", "waits for the newcomer's word")
    RUNNING = "running", pgettext_lazy("probation", "running")
    PASSED = "passed", pgettext_lazy("probation", "passed")
    FAILED = "failed", pgettext_lazy("probation", "not passed")
    CANCELLED = "cancelled", pgettext_lazy("probation", "called off")


class GoalKind(models.TextChoices):
    GROWTH = "growth", _("turnover of the given accounts grows")
    FIRST = "first", _("first meeting with every account")
    MAP = "map", _("map of the customer's people completed")
    CONTACT = "contact", _("meetings and calls held")
    FREE = "free", _("in own words")


class CheckInState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("check-in", "planned")
    HELD = "held", pgettext_lazy("check-in", "held")
    MISSED = "missed", pgettext_lazy("check-in", "missed")


class EvidenceKind(models.TextChoices):
    RESULT = "result", pgettext_lazy("evidence", "result")
    PRAISE = "praise", pgettext_lazy("evidence", "done well")
    FAULT = "fault", pgettext_lazy("evidence", "fell short")
    TASK = "task", pgettext_lazy("evidence", "task given")
    WARNING = "warning", pgettext_lazy("evidence", "warning")


FILE_KINDS = ("pdf", "docx", "odt", "rtf", "txt", "jpg", "jpeg", "png")
FILE_ACCEPT = ",".join(f".{kind}" for kind in FILE_KINDS)
