package gui

import "time"

// The gaps between the blocks of a page.
const (
	gapBlock   float32 = 20
	gapKin     float32 = 12
	gapText    float32 = 8
	gapHeading float32 = 12
	gapSection float32 = 32
)

// The measures of windows and pages, in Fyne's units.
const (
	windowMinW   float32 = 480
	windowMinH   float32 = 300
	windowStartW float32 = 1000
	windowStartH float32 = 700
	helpStartW   float32 = 720
	helpStartH   float32 = 640

	railWidth    float32 = 248
	railFold     float32 = 720
	pageNarrow   float32 = 496
	markSize     float32 = 24
	contentMax   float32 = 720
	scrollMargin float32 = 48
	scrollStep   float32 = 48
	wheelFactor  float32 = 3
	// titleLines is how many lines a title may have that does not scroll.
	titleLines           = 2
	pageEnd      float32 = 32
	belowHeight  float32 = 24
	fadeHeight   float32 = 40
	reasonNarrow float32 = 160
	reasonLines  float32 = 2

	bulletWidth float32 = 20
	factLabel   float32 = 180
	factShare   float32 = 0.34
	factNarrow  float32 = 420
	// A picture at its full width has the size of its drawing, so that its bitmap need not be scaled.
	pictureMax    float32 = pictureWidth
	pictureHeight float32 = 180
	pictureWidth  float32 = 660
	longChoice            = 5

	laneWords  float32 = 250
	laneShare  float32 = 0.46
	laneNarrow float32 = 360
	laneStrip  float32 = 24
	spanHeight float32 = 10
	// spanLeast is how wide a bar is at least, so that one check is seen.
	spanLeast float32 = 5
	pointSize float32 = 12
	lifeLine  float32 = 2
	stopWidth float32 = 4
)

// Times.
const (
	tickEvery = time.Second
	// A wait longer than longWait is counted in longWaitStep: counted every second it would have the window painted three times as
	// often as an idle one, for a quarter of an hour.
	longWait     = time.Minute
	longWaitStep = 15 * time.Second
	copiedFor    = 2 * time.Second
	// countFrom is how long work takes whose seconds are worth counting.
	countFrom = 2 * time.Second
	// repeatGuard is the pause below which Enter and Space count as a key held down, so that holding one does not run
	// through the pages.
	repeatGuard = 150 * time.Millisecond
	// sightGuard is how long a person takes at least to see what is new on the screen and to press a key for it. Whoever presses one twice by
	// mistake is faster.
	sightGuard = 500 * time.Millisecond
	// raiseGuard is the same for a window that has come to the front: whoever works in another one, and types there, has to notice first.
	raiseGuard = time.Second
)
