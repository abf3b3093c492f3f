package gui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Distances and sizes, in Fyne's units, which the system's scale multiplies.
const (
	spaceHair   float32 = 2
	spaceSmall  float32 = 4
	spaceMedium float32 = 8
	spaceLarge  float32 = 12
	spaceBlock  float32 = 20
	spacePage   float32 = 32
	spaceNarrow float32 = 16
	spaceLabel  float32 = 6

	gapBlock   float32 = 20
	gapKin     float32 = 12
	gapText    float32 = 8
	gapHeading float32 = 12
	gapSection float32 = 32

	radiusControl float32 = 6
	radiusCard    float32 = 10
	radiusBar     float32 = 3
	lineThin      float32 = 1
	lineFocus     float32 = 2
	focusGap      float32 = 2

	buttonPadX    float32 = 16
	buttonPadY    float32 = 8
	entryPad      float32 = 8
	iconSmall     float32 = 16
	iconMedium    float32 = 20
	markSize      float32 = 24
	bulletWidth   float32 = 20
	barHeight     float32 = 6
	scrollMargin  float32 = 32
	wheelFactor   float32 = 3
	scrollStep    float32 = 48
	factLabel     float32 = 180
	factShare     float32 = 0.34
	factNarrow    float32 = 420
	entryNarrow   float32 = 260
	answerNarrow  float32 = 480
	reasonNarrow  float32 = 160
	reasonLines   float32 = 2
	pictureMax    float32 = 600
	railWidth     float32 = 224
	railFold      float32 = 720
	contentMax    float32 = 720
	pasteRows             = 4
	longChoice            = 5
	windowMinW    float32 = 480
	windowMinH    float32 = 300
	windowStartW  float32 = 1000
	windowStartH  float32 = 700
	helpStartW    float32 = 720
	helpStartH    float32 = 640
	pictureHeight float32 = 180
	pictureWidth  float32 = 660
)

// Times.
const (
	tickEvery = time.Second
	// A wait longer than longWait is counted in longWaitStep: a second hand would paint the window three times as often as an idle
	// one does, for a quarter of an hour.
	longWait     = time.Minute
	longWaitStep = 15 * time.Second
	copiedFor    = 2 * time.Second
	settleTime   = 2 * time.Second
	// countFrom is how long work takes whose seconds are worth counting.
	countFrom = 2 * time.Second
	// repeatGuard is the pause below which Enter and Space count as a key held down, so that holding one does not run
	// through the pages.
	repeatGuard = 150 * time.Millisecond
)

// The type scale.
const (
	sizeTitle   fyne.ThemeSizeName = "pcc-title"
	sizeLead    fyne.ThemeSizeName = "pcc-lead"
	sizeHeading fyne.ThemeSizeName = "pcc-heading"
	sizeBody                       = theme.SizeNameText
	sizeCaption                    = theme.SizeNameCaptionText
)

var sizes = map[fyne.ThemeSizeName]float32{
	sizeTitle:                        24,
	sizeLead:                         16,
	sizeHeading:                      15,
	sizeBody:                         14,
	sizeCaption:                      12,
	theme.SizeNameInputBorder:        lineThin,
	theme.SizeNameInputRadius:        radiusControl,
	theme.SizeNameInnerPadding:       entryPad,
	theme.SizeNameSelectionRadius:    radiusBar,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    radiusBar,
	theme.SizeNamePadding:            spaceSmall,
	theme.SizeNameLineSpacing:        spaceSmall,
	theme.SizeNameMenuRadius:         radiusControl,
	theme.SizeNamePopupRadius:        radiusControl,
	theme.SizeNameInlineIcon:         iconMedium,
	theme.SizeNameHeadingText:        24,
	theme.SizeNameSubHeadingText:     16,
	theme.SizeNameSeparatorThickness: lineThin,
}

// The colours of our own, beside those that Fyne names.
const (
	colorBackground = theme.ColorNameBackground
	colorText       = theme.ColorNameForeground
	colorAccent     = theme.ColorNamePrimary
	colorOnAccent   = theme.ColorNameForegroundOnPrimary
	colorGood       = theme.ColorNameSuccess
	colorWarning    = theme.ColorNameWarning
	colorBad        = theme.ColorNameError
	colorOnBad      = theme.ColorNameForegroundOnError

	colorMuted       fyne.ThemeColorName = "pcc-muted"
	colorRail        fyne.ThemeColorName = "pcc-rail"
	colorCard        fyne.ThemeColorName = "pcc-card"
	colorBorder      fyne.ThemeColorName = "pcc-border"
	colorControl     fyne.ThemeColorName = "pcc-control"
	colorControlLine fyne.ThemeColorName = "pcc-control-line"
	colorHover       fyne.ThemeColorName = "pcc-hover"
	colorAccentHover fyne.ThemeColorName = "pcc-accent-hover"
	colorBadHover    fyne.ThemeColorName = "pcc-bad-hover"
	colorOff         fyne.ThemeColorName = "pcc-off"
	colorTint        fyne.ThemeColorName = "pcc-tint"
	colorGoodTint    fyne.ThemeColorName = "pcc-good-tint"
	colorWarningTint fyne.ThemeColorName = "pcc-warning-tint"
	colorBadTint     fyne.ThemeColorName = "pcc-bad-tint"
)

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func rgba(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

var light = map[fyne.ThemeColorName]color.Color{
	colorBackground:  rgb(0xffffff),
	colorText:        rgb(0x1c2026),
	colorMuted:       rgb(0x59616c),
	colorAccent:      rgb(0x3049b4),
	colorAccentHover: rgb(0x263b96),
	colorOnAccent:    rgb(0xffffff),
	colorGood:        rgb(0x1a7440),
	colorWarning:     rgb(0x885600),
	colorBad:         rgb(0xb3261e),
	colorBadHover:    rgb(0x931d17),
	colorOnBad:       rgb(0xffffff),
	colorRail:        rgb(0xf5f6f8),
	colorCard:        rgb(0xf8f9fb),
	colorBorder:      rgb(0xd9dde3),
	colorControl:     rgb(0xffffff),
	colorControlLine: rgb(0x858d99),
	colorHover:       rgb(0xeef0f4),
	colorOff:         rgb(0xeceef1),
	colorTint:        rgb(0xedf0fb),
	colorGoodTint:    rgb(0xe9f5ed),
	colorWarningTint: rgb(0xfdf3df),
	colorBadTint:     rgb(0xfcedec),

	theme.ColorNameSelection:           rgba(0x3049b4, 0x40),
	theme.ColorNameScrollBar:           rgb(0xa9b0ba),
	theme.ColorNameShadow:              rgba(0x000000, 0x00),
	theme.ColorNameForegroundOnSuccess: rgb(0xffffff),
	theme.ColorNameForegroundOnWarning: rgb(0xffffff),
}

var dark = map[fyne.ThemeColorName]color.Color{
	colorBackground:  rgb(0x16181d),
	colorText:        rgb(0xe7e9ed),
	colorMuted:       rgb(0xa6aeb9),
	colorAccent:      rgb(0xa9b8ff),
	colorAccentHover: rgb(0xc2cdff),
	colorOnAccent:    rgb(0x10163a),
	colorGood:        rgb(0x77cc92),
	colorWarning:     rgb(0xe6ba5e),
	colorBad:         rgb(0xff9d92),
	colorBadHover:    rgb(0xffb8b0),
	colorOnBad:       rgb(0x3d0704),
	colorRail:        rgb(0x1b1e24),
	colorCard:        rgb(0x1e2128),
	colorBorder:      rgb(0x343944),
	colorControl:     rgb(0x1e2128),
	colorControlLine: rgb(0x767e8b),
	colorHover:       rgb(0x282c35),
	colorOff:         rgb(0x262a31),
	colorTint:        rgb(0x20263d),
	colorGoodTint:    rgb(0x1a2a20),
	colorWarningTint: rgb(0x2a2619),
	colorBadTint:     rgb(0x2f2021),

	theme.ColorNameSelection:           rgba(0xa9b8ff, 0x50),
	theme.ColorNameScrollBar:           rgb(0x5b626e),
	theme.ColorNameShadow:              rgba(0x000000, 0x00),
	theme.ColorNameForegroundOnSuccess: rgb(0x0b2013),
	theme.ColorNameForegroundOnWarning: rgb(0x271c04),
}

// alike are Fyne's names that show one of our colours.
var alike = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameButton:              colorControl,
	theme.ColorNameDisabledButton:      colorOff,
	theme.ColorNameDisabled:            colorMuted,
	theme.ColorNamePlaceHolder:         colorMuted,
	theme.ColorNameHyperlink:           colorAccent,
	theme.ColorNameFocus:               colorTint,
	theme.ColorNameHover:               colorHover,
	theme.ColorNamePressed:             colorHover,
	theme.ColorNameInputBackground:     colorControl,
	theme.ColorNameInputBorder:         colorControlLine,
	theme.ColorNameMenuBackground:      colorCard,
	theme.ColorNameOverlayBackground:   colorCard,
	theme.ColorNameHeaderBackground:    colorRail,
	theme.ColorNameSeparator:           colorBorder,
	theme.ColorNameScrollBarBackground: colorRail,
}

// pictureColors are the names that a picture's template may use.
var pictureColors = map[string]fyne.ThemeColorName{
	"background": colorBackground,
	"card":       colorCard,
	"border":     colorBorder,
	"muted":      colorMuted,
	"text":       colorText,
	"accent":     colorAccent,
	"onAccent":   colorOnAccent,
	"tint":       colorTint,
	"good":       colorGood,
	"warning":    colorWarning,
}
