"""The hiring side: vacancies, candidates, sessions, scores, tasks, offers, and their law."""

from hiring.models.call import Call, CallEntry, CallList
from hiring.models.candidate import (
    Candidacy,
    Candidate,
    CandidateFile,
    CandidateMerge,
    CandidateNote,
    CandidateReach,
    Move,
    RejectReason,
)
from hiring.models.consent import (
    CandidateAccess,
    CandidateLink,
    Consent,
    ConsentText,
    DetailChange,
    Erasure,
    LegalHold,
)
from hiring.models.form import Answer, Draft, DraftFile, Finding, KnockOut, Question
from hiring.models.letter import Letter, LetterTemplate
from hiring.models.need import Need
from hiring.models.offer import Offer
from hiring.models.probation import (
    CheckIn,
    Evidence,
    EvidenceFile,
    Probation,
    ProbationAccount,
    ProbationDay,
    ProbationGoal,
    ProbationLimit,
)
from hiring.models.profile import Competency, PayBenchmark, Profile, ProfileCompetency
from hiring.models.score import Decision, KitQuestion, Mark, MarkChange, Sheet
from hiring.models.session import Exercise, Observer, Seat, Session
from hiring.models.settings import HiringSettings
from hiring.models.sourcing import OffLimits, SearchTier, TargetCompany
from hiring.models.task import HomeTask, TestTask, TestTaskVersion
from hiring.models.vacancy import Stage, Vacancy

__all__ = [
    "Answer",
    "Call",
    "CallEntry",
    "CallList",
    "Candidacy",
    "Candidate",
    "CandidateAccess",
    "CandidateFile",
    "CandidateLink",
    "CandidateMerge",
    "CandidateNote",
    "CandidateReach",
    "CheckIn",
    "Competency",
    "Consent",
    "ConsentText",
    "Decision",
    "DetailChange",
    "Draft",
    "DraftFile",
    "Erasure",
    "Evidence",
    "EvidenceFile",
    "Exercise",
    "Finding",
    "HiringSettings",
    "HomeTask",
    "KitQuestion",
    "KnockOut",
    "LegalHold",
    "Letter",
    "LetterTemplate",
    "Mark",
    "MarkChange",
    "Move",
    "Need",
    "Observer",
    "OffLimits",
    "Offer",
    "PayBenchmark",
    "Probation",
    "ProbationAccount",
    "ProbationDay",
    "ProbationGoal",
    "ProbationLimit",
    "Profile",
    "ProfileCompetency",
    "Question",
    "RejectReason",
    "SearchTier",
    "Seat",
    "Session",
    "Sheet",
    "Stage",
    "TargetCompany",
    "TestTask",
    "TestTaskVersion",
    "Vacancy",
]
