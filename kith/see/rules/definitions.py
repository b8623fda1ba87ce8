"""What every number on the pages is, in a sentence or two: behind each `?`, and word for word in docs/see.md."""

NOTES = {
    "temperature": "Degrees of warmth for each active member: 100·s/(s+6), where s is the live energy of all ties divided by the active members. An act counts by its kind and fades by half every half-life.",
    "active": "Members who did something in the last 30 days: wrote, answered, thanked. Programs are not counted.",
    "two_way": "Of all pairs of people who were ever in touch, the share in which both turned to the other.",
    "newcomers": "Newcomers acted here for the first time within 30 days. Counted are those whose first day is over: how many somebody turned to within it. Nothing we know keeps people more.",
    "dependence": "The share of all live energy that touches the founder or an operator. Below a quarter is healthy, up to three fifths leans on the centre, above it the community is its founder.",
    "risk": "The chance that somebody who is active falls silent for 90 days, from how long they have been silent, how much they ever did, in how many of the last 13 weeks, and how long they have been here. Learnt on communities of the past, and anew on yours where there is enough of it.",
    "stake": "The chance that they fall silent, times how widely they give to others: what would be lost. The list is in this order.",
    "unheard": "Somebody who said something at least twelve hours ago, and to whom nobody has turned since: no answer, no thanks, no word.",
    "came_back": "Did something here within two weeks after the errand was done; or after it was proposed, where nobody did it. It is not a trial: who is called was chosen by people.",
    "lift": "How often pairs that were shown came into touch within 90 days, over how often pairs did that were held out by lot and shown to nobody. Only this tells what introducing adds.",
    "loss": "The share of all live energy that would go if somebody left: all that they give and get.",
    "cut_off": "People who would no longer be connected with the rest, not even over others, if somebody left.",
}
