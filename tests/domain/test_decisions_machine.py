"""Any sequence of decisions and new figures: one 查处, nothing undone, the same again changes nothing."""

from __future__ import annotations

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from plan_cases import evidence, wulong

from weipian_plugin.domain.decisions import (
    Action,
    Casework,
    Decision,
    Refused,
    contradictions,
    decide,
    stand,
)
from weipian_plugin.domain.duties import DutyName, DutyState
from weipian_plugin.domain.jurisdiction import PatchFacts, assign
from weipian_plugin.domain.roles import Role, Status

UNITS = (
    "区规划自然资源局",
    "区水利局",
    "区林业局",
    "区生态环境局",
    "区公安局",
    "白马镇",
    "江口镇",
    "区白管委",
)
DUTIES = (DutyName.LEAD, DutyName.ASSIST, DutyName.TERRITORY, DutyName.RECULTIVATION)
SHARES = st.fixed_dictionaries(
    {},
    optional={
        "river": st.sampled_from([0.001, 0.2, 0.6]),
        "forest": st.sampled_from([0.3, 0.5, 0.9]),
        "redline": st.sampled_from([0.4, 1.0]),
        "land_class": st.sampled_from([{"0101": 0.5}, {"0301": 1.0}]),
        "township": st.sampled_from([{"白马镇": 1.0}, {"白马镇": 0.4, "江口镇": 0.6}]),
        "committee": st.just({"区白管委": 0.5}),
    },
)
MISSING = st.sampled_from([(), ("river",), ("redline", "land_class"), ("township",)])
FACTS = PatchFacts("甲", "土地", 2000.0, "企业", "厂房")


class Patch(RuleBasedStateMachine):
    """One patch, what persons decide about it, and figures that change under them."""

    @initialize(shares=SHARES, missing=MISSING)
    def begin(self, shares, missing):
        self.case = self.proposed(shares, missing)
        self.decided = False

    def proposed(self, shares, missing):
        found = evidence({k: v for k, v in shares.items() if k not in missing}, FACTS.area_m2, missing)
        blind = frozenset(role for role in Role if found[role].status is Status.NOT_EVALUATED)
        return Casework(FACTS, assign(FACTS, found, wulong()), not_evaluated=blind)

    @rule(shares=SHARES, missing=MISSING)
    def new_figures(self, shares, missing):
        fresh, old = self.proposed(shares, missing), self.case
        self.case = Casework(FACTS, fresh.matrix, old.rulings, old.struck, fresh.not_evaluated)

    @rule(
        action=st.sampled_from(list(Action)),
        duty=st.sampled_from(DUTIES),
        unit=st.sampled_from(UNITS),
        new_unit=st.sampled_from(UNITS),
        reason=st.sampled_from(["", "会商"]),
    )
    def somebody_decides(self, action, duty, unit, new_unit, reason):
        target = new_unit if action is Action.REASSIGN else ""
        decision = Decision("甲", duty, action, unit, target, reason, "", "张三", date(2021, 10, 20))
        before = stand(self.case, wulong())
        try:
            after = decide(self.case, decision, wulong())
        except Refused as refused:
            assert str(refused)
            assert stand(self.case, wulong()) == before
            return
        self.only_what_was_named_went(self.case, after, decision)
        self.decided |= duty is DutyName.LEAD
        self.case = after
        key = (duty, decision.holder)
        assert (key in stand(after, wulong()).keys) == (action is not Action.STRIKE)
        self.again(decision, action)

    def only_what_was_named_went(self, before, after, decision):
        """A person's word goes only by a decision about that unit; who leads or answers does not assist."""
        named = {(decision.duty, decision.unit), (decision.duty, decision.holder)}
        named.add((DutyName.ASSIST, decision.holder))
        kept = {ruling.key: ruling for ruling in after.rulings}
        for ruling in before.rulings:
            assert ruling.key in named or kept[ruling.key] == ruling

    def again(self, decision, action):
        """The same once more says nothing new, or is refused because it is done."""
        try:
            assert decide(self.case, decision, wulong()) is self.case
        except Refused:
            assert action is Action.REASSIGN

    @invariant()
    def exactly_one_unit_leads(self):
        standing = stand(self.case, wulong())
        assert len(standing.units(DutyName.LEAD)) == 1
        assert len(set(standing.keys)) == len(standing.keys)

    @invariant()
    def who_was_given_the_lead_does_not_assist(self):
        settled = self.case.settled(DutyName.LEAD)
        if settled:
            assert settled.unit not in stand(self.case, wulong()).units(DutyName.ASSIST)

    @invariant()
    def one_unit_at_most_is_settled_for_a_duty(self):
        settled = [ruling.duty for ruling in self.case.rulings if ruling.settles]
        assert len(settled) == len(set(settled))

    @invariant()
    def decisions_stand_and_settle_the_state(self):
        standing = stand(self.case, wulong())
        assert standing.rulings == self.case.rulings
        assert not {(row.duty, row.unit) for row in standing.proposals} & self.case.struck.keys()
        expected = DutyState.UNIQUE if self.decided else self.case.matrix.state
        assert standing.state == expected

    @invariant()
    def every_duty_has_its_sentence(self):
        standing = stand(self.case, wulong())
        for row in (*standing.rulings, *standing.proposals):
            assert row.reason.endswith("。")
            assert row.unit in row.reason
            assert "；；" not in row.reason
            assert "，，" not in row.reason

    @invariant()
    def notes_are_about_decisions_only(self):
        keys = {ruling.key for ruling in self.case.rulings} | self.case.struck.keys()
        assert contradictions(self.case, wulong()).keys() <= keys


Patch.TestCase.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
TestPatch = Patch.TestCase
