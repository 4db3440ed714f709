"""What reps of the English half note at each step of selling machine monitoring, and what they plan next."""

from bots.sample.english import COMPANIES
from bots.sample.shapes import Step, Tongue
from core.activities.model import ActivityKind as Kind
from core.deals.model import DealStage

STEPS = {
    "hello": Step(
        notes=(
            "Met {person} at the trade fair. They lose about two shifts a month to failing {asset} and only find out when the line stops.",
            "Cold call that turned warm: {person} measures vibration on the {asset} by hand once a week and hates it.",
            "{person} called after reading our note on motor currents. Wants to know whether the sensors survive cleaning.",
            "Introduced by a partner. {person} has budget for one pilot this year and is looking at two other suppliers.",
            "Short call with {person}. Not urgent until the audit, but open to a visit. Asked for a one-page summary.",
            "{person} came by our stand with a broken bearing in a bag. Best opening line of the week.",
            "Called the main number, got straight through to {person}. They replaced {n} {asset} last year, twice on a Sunday.",
        ),
        todos=("Send the two-page summary to {person}", "Arrange a visit to see the {asset}", "Find out who signs off spending"),
        kinds=(Kind.CALL, Kind.VISIT, Kind.NOTE),
        stage=DealStage.LEAD,
    ),
    "need": Step(
        notes=(
            "Walked the floor with {person}. {n} {asset} worth watching, three of them critical. No Wi-Fi, so the gateway needs its own SIM.",
            "{person} showed the downtime log: {n} hours since January, most of it {asset}. They want an alarm a week ahead, not a report.",
            "Two hours in the control room. Data may leave the site only through their broker; {person} will send the policy.",
            "Sat down with {person} and the night shift. The old system cried wolf so often that somebody cut the siren cable.",
            "{person} wants one dashboard for all sites. Today it is a spreadsheet that nobody opens.",
            "Counted the points with {person}: {n} on {line}, half of them hard to reach. Battery life matters more than price.",
        ),
        todos=("Write up the measuring points on {line}", "Ask for the network policy", "Prepare a demo on the {asset}"),
        kinds=(Kind.VISIT, Kind.MEETING),
        stage=DealStage.QUALIFIED,
        outcomes=("They agree on the problem", "Scope is clear, budget is not yet", ""),
    ),
    "demo": Step(
        notes=(
            "Demo on {line}. We found an unbalanced fan within ten minutes; {person} took a photo of the screen for the board.",
            "Showed the dashboard to {person} and four colleagues. Most questions were about who gets woken up at night.",
            "Online demo. {person} asked for alarms in their own chat instead of one more app. That is our strong point.",
            "Demo went well until the projector died. {person} drew the rest on the whiteboard for us, which says something.",
            "Clamped two sensors on the {asset} for an afternoon. {person} could read the trend without any explanation.",
        ),
        todos=("Propose a pilot on {line}", "Send the demo recording to {person}", "Collect two references from the same industry"),
        kinds=(Kind.MEETING, Kind.VISIT),
        outcomes=("Pilot wanted", "Convinced the engineers, purchasing is next", ""),
    ),
    "pilot": Step(
        notes=(
            "Pilot is live on {line}: {n} sensors, one gateway. {person} got the first warning on day three and it was real.",
            "Half-time review of the pilot. Two false alarms, one true one. {person} says that is better than their inspector.",
            "Fetched the pilot data. The {asset} on {line} run hot every Monday; {person} suspects the weekend cleaning.",
            "Pilot report handed over. {person} will show it to the works council, who are fine as long as nobody's work is measured.",
        ),
        todos=("Prepare the offer for {n} points", "Send the pilot report to {person}", "Agree the date of the closing review"),
        kinds=(Kind.VISIT, Kind.CALL),
        outcomes=("Pilot accepted", ""),
    ),
    "quote": Step(
        notes=(
            "Quoted sensors, gateways and three years of service. {person} wants the service split out year by year.",
            "Offer is out. {person} needs it in their own format for next month's committee.",
            "Sent the offer with two options. {person} leans to the larger one if installation can wait until the shutdown.",
            "Went through the offer line by line with {person}. Only the gateway price raised an eyebrow.",
            "{person} asked for a quote in writing today, their budget closes at the end of the month. Sent within the hour.",
        ),
        todos=("Ask {person} about the offer", "Split the service fee by year", "Check delivery time for {n} sensors"),
        kinds=(Kind.CALL, Kind.MEETING, Kind.NOTE),
        stage=DealStage.QUOTE,
    ),
    "haggle": Step(
        notes=(
            "{person} wants 8% off or a fourth year of service. Offered longer payment terms instead; they will think about it.",
            "Legal sent back the contract with {n} comments, most of them about liability. Three are fair.",
            "Call with {person} and purchasing. Price is fine now, they need the data processing agreement signed first.",
            "Competitor undercut us by a tenth. {person} would still rather have the one that found the fan.",
            "Agreed on everything but the start date. {person} fights for a slot in the shutdown.",
        ),
        todos=("Return the contract with our comments", "Get the discount approved", "Call {person} about the signature"),
        kinds=(Kind.CALL, Kind.MEETING),
        stage=DealStage.NEGOTIATION,
        outcomes=("Close, one point open", "Waiting for their lawyer", ""),
    ),
    "won": Step(
        notes=(
            "Order is in! {person} signed over coffee and asked whether we could start with {line}.",
            "Signed. {person} wants the kick-off next week and the {asset} first.",
            "Purchase order came by mail at 18:40. Called {person} to say thank you.",
        ),
        todos=("Plan the installation with {person}", "Order {n} sensors from stock", "Hand over to service"),
        kinds=(Kind.MEETING, Kind.CALL),
        stage=DealStage.WON,
    ),
    "care": Step(
        notes=(
            "Installation finished, {n} points online. {person}'s team renamed all of them within a day, so they care.",
            "Quarterly review with {person}: four warnings, four bearings changed in planned stops. Asked whether we may write about it.",
            "{person} reports a gateway that drops out at night. Somebody turns off that socket; labelled it together.",
            "Friendly call. {person} has a second site with the same {asset} and will introduce us to the manager there.",
            "Training for the new shift. {person} wants the alarm texts shorter, they read them with gloves on.",
        ),
        todos=("Send the quarterly report to {person}", "Ask {person} for the introduction to the second site", "Check the gateway on {line}"),
        kinds=(Kind.VISIT, Kind.CALL, Kind.MEETING),
        outcomes=("Happy", "Wants more points", ""),
    ),
    "lost": Step(
        notes=(
            "Lost it. {person} was frank: the group bought one system for all plants, nothing to do with us. Call again in a year.",
            "{person} goes with the machine maker's own monitoring. Free for the first year; hard to argue with that.",
            "Investment frozen until further notice. {person} is sorry, and means it.",
        ),
        todos=(),
        kinds=(Kind.CALL,),
        stage=DealStage.LOST,
    ),
    "quiet": Step(
        notes=(
            "Tried {person} twice, left a message. The assistant says they are rebuilding the hall.",
            "{person} has moved to another plant. No successor yet; their phone is answered by the porter.",
        ),
        todos=(),
        kinds=(Kind.CALL, Kind.NOTE),
    ),
}  # fmt: skip

ENGLISH = Tongue(
    companies=COMPANIES,
    steps=STEPS,
    deals=("Monitoring of {asset}", "Sensors for {line}", "{n} sensors for {asset}", "Condition monitoring, {line}"),
    renewal="Service plan {year}",
    currency=("USD", "EUR", "USD"),
    owners=("demo", "tom", "sara", "tom", "demo", "sara", "tom"),
    team="International",
    lines=("line 2", "line 4", "hall 3", "the north bay", "line 7"),
    address="{region}, Building {n}",
)
