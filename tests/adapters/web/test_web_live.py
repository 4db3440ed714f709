"""What was shared in a room of the workbench shows the present, and is taken away when nobody may show it."""

from adapters.web import bodies
from core.rooms.model import Room
from tests.adapters.web.house import House


def _shown(house: House, room: Room) -> list[str]:
    wei = house.people.wei
    history = house.read(lambda work: work.rooms.history(wei.workspace_id, wei.id, room.id, limit=50))
    cards = (card for message in history if message.audience_id is None for card in bodies.decode(message.body).cards)
    return [repr(card) for card in cards]


def _settle(house: House) -> None:
    house.runner.run(house.road.settle())
    house.clock.move(seconds=10)
    while house.runner.run(house.road.work_off()):
        pass


def test_shared_card_lives(house: House) -> None:
    """It is changed in its place, and withdrawn when who shared it may not see it any more."""
    wei, manager = house.people.wei, house.people.max
    room, browser = house.group(wei, manager), house.browser(wei)
    browser.say(browser.room(), "/new customer Globex Works")
    browser.say(room.id, "/share Globex Works")
    (before,) = _shown(house, room)
    assert "Globex Works" in before
    browser.say(browser.room(), "/edit Globex Works region: Ghent")
    _settle(house)
    (after,) = _shown(house, room)
    assert "Ghent" in after
    browser.say(browser.room(), "/assign Globex Works @ann")
    _settle(house)
    (withdrawn,) = _shown(house, room)
    assert "Globex" not in withdrawn
