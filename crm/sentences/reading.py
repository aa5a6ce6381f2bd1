"""What one clause tells."""

from dataclasses import dataclass, field

from graph_schema.exchanges import Channel, Direction

US, THEM, BOTH, UNSAID = Direction.FROM_US, Direction.FROM_THEM, Direction.MUTUAL, Direction.UNKNOWN


@dataclass
class ClauseReading:
    """What a clause tells, as far as its words go. Places are those of its tokens.

    ``nominal``: no verb says whether it is gone; ``unanswered``: we tried and nobody answered, ``hush`` when only the
    silence is told; ``silent``: they have not answered; ``undone``: it did not take place; ``outcome``: what came of it
    is told, ``agreed`` by a word of theirs, ``replied`` when they say something; ``reported``: someone does or says
    something; ``wishes``: someone wants something of us; ``ours``: what we had sent or said before; ``held``: the
    meeting at which something was said; ``follow``: where what is to be done begins, ``appointed`` when it was agreed;
    ``mentioned``: a meeting to come that is only spoken of, and its day; ``future``: how it will be;
    ``manner``: all it says is by which way; ``lost``: we did something that was not understood; ``heard``: the words
    that told it; ``verbs``: how many there are.
    """

    contact: bool = False
    ways: list[Direction] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    nominal: bool = False
    unanswered: bool = False
    hush: bool = False
    silent: bool = False
    undone: bool = False
    outcome: bool = False
    agreed: bool = False
    reported: bool = False
    replied: bool = False
    wishes: bool = False
    ours: int | None = None
    held: int | None = None
    follow: int | None = None
    appointed: bool = False
    mentioned: tuple[int, int] | None = None
    heard: list[int] = field(default_factory=list)
    future: bool = False
    manner: bool = False
    lost: bool = False
    verbs: int = 0

    def meet(self, way: Direction | None, channel: Channel | None, at: int) -> None:
        """A contact, told by the word at a place."""
        self.contact, self.hush = True, False
        self.heard.append(at)
        if way is not None:
            self.ways.append(way)
        self.by(channel)

    def tried(self, channel: Channel | None, at: int) -> None:
        """An attempt that nobody answered."""
        self.unanswered = True
        self.meet(US, channel, at)

    def by(self, channel: Channel | None) -> None:
        """How, if nothing surer says it."""
        if channel is not None:
            self.channels.append(channel)

    def due(self, start: int) -> None:
        """Something to be done, told from a place on."""
        self.follow = start if self.follow is None else min(start, self.follow)

    def report(self) -> None:
        """Something that someone does or says."""
        self.reported = self.outcome = True
