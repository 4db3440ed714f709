"""Fills an empty database with the sample."""

from zoneinfo import ZoneInfo

from bots.sample.chinese_notes import CHINESE
from bots.sample.english_notes import ENGLISH
from bots.sample.people import add_people
from bots.sample.plans import Planner
from bots.sample.planting import Story, carry_out
from bots.sample.rooms import open_rooms
from core.work import Work


def fill(work: Work, *, language: str, zone: str) -> None:
    """Adds the sample as of this unit of work's instant; a new member's language and zone are the workspace's."""
    people = add_people(work, language, zone)
    zones = {handle: membership.member.zone or zone for handle, membership in people.items()}
    sales = [sale for tongue in (ENGLISH, CHINESE) for sale in Planner(tongue, work.now, zones.__getitem__).sales()]
    stories = {sale.company.name: Story(sale, people) for sale in sales}
    carry_out(work, [action for story in stories.values() for action in story.actions()], people)
    open_rooms(work, people, {name: story.customer for name, story in stories.items()}, ZoneInfo(zone))
