package timeline

// Words are what a drawing says, in one language.
type Words struct {
	Title string
	// Description says the same as the picture, for those who don't see it.
	Description string
	// Now is the word for today.
	Now string
	// Lanes are those of the axis, in its order.
	Lanes []LaneWords
}

// LaneWords are the name of a lane and a line about it.
type LaneWords struct{ Label, Note string }
