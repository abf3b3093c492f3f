package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Distances and sizes, in Fyne's units, which the system's scale multiplies.
const (
	SpaceHair   float32 = 2
	SpaceSmall  float32 = 4
	SpaceLabel  float32 = 6
	SpaceMedium float32 = 8
	SpaceLarge  float32 = 12
	SpaceNarrow float32 = 16
	SpaceBlock  float32 = 20
	SpacePage   float32 = 32

	RadiusBar     float32 = 3
	RadiusControl float32 = 6
	RadiusCard    float32 = 10
	LineThin      float32 = 1
	lineFocus     float32 = 2
	focusGap      float32 = 2

	BarHeight   float32 = 6
	IconSmall   float32 = 16
	IconMedium  float32 = 20
	EntryPad    float32 = 8
	EntryNarrow float32 = 260

	buttonPadX float32 = 16
	buttonPadY float32 = 8
	pasteRows          = 4
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
	theme.SizeNameInputBorder:        LineThin,
	theme.SizeNameInputRadius:        RadiusControl,
	theme.SizeNameInnerPadding:       EntryPad,
	theme.SizeNameSelectionRadius:    RadiusBar,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    RadiusBar,
	theme.SizeNamePadding:            SpaceSmall,
	theme.SizeNameLineSpacing:        SpaceSmall,
	theme.SizeNameMenuRadius:         RadiusControl,
	theme.SizeNamePopupRadius:        RadiusControl,
	theme.SizeNameInlineIcon:         IconMedium,
	theme.SizeNameHeadingText:        24,
	theme.SizeNameSubHeadingText:     16,
	theme.SizeNameSeparatorThickness: LineThin,
}

// The colours of our own, beside those that Fyne names.
const (
	ColorBackground = theme.ColorNameBackground
	ColorText       = theme.ColorNameForeground
	ColorAccent     = theme.ColorNamePrimary
	ColorOnAccent   = theme.ColorNameForegroundOnPrimary
	ColorGood       = theme.ColorNameSuccess
	ColorWarning    = theme.ColorNameWarning
	ColorBad        = theme.ColorNameError
	colorOnBad      = theme.ColorNameForegroundOnError

	ColorMuted       fyne.ThemeColorName = "pcc-muted"
	ColorRail        fyne.ThemeColorName = "pcc-rail"
	ColorCard        fyne.ThemeColorName = "pcc-card"
	ColorBorder      fyne.ThemeColorName = "pcc-border"
	colorControl     fyne.ThemeColorName = "pcc-control"
	ColorControlLine fyne.ThemeColorName = "pcc-control-line"
	ColorHover       fyne.ThemeColorName = "pcc-hover"
	colorAccentHover fyne.ThemeColorName = "pcc-accent-hover"
	colorBadHover    fyne.ThemeColorName = "pcc-bad-hover"
	ColorOff         fyne.ThemeColorName = "pcc-off"
	ColorTint        fyne.ThemeColorName = "pcc-tint"
	ColorGoodTint    fyne.ThemeColorName = "pcc-good-tint"
	ColorWarningTint fyne.ThemeColorName = "pcc-warning-tint"
	ColorBadTint     fyne.ThemeColorName = "pcc-bad-tint"
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
	ColorBackground:  rgb(0xffffff),
	ColorText:        rgb(0x1c2026),
	ColorMuted:       rgb(0x59616c),
	ColorAccent:      rgb(0x3049b4),
	colorAccentHover: rgb(0x263b96),
	ColorOnAccent:    rgb(0xffffff),
	ColorGood:        rgb(0x1a7440),
	ColorWarning:     rgb(0x885600),
	ColorBad:         rgb(0xb3261e),
	colorBadHover:    rgb(0x931d17),
	colorOnBad:       rgb(0xffffff),
	ColorRail:        rgb(0xf5f6f8),
	ColorCard:        rgb(0xf8f9fb),
	ColorBorder:      rgb(0xd9dde3),
	colorControl:     rgb(0xffffff),
	ColorControlLine: rgb(0x858d99),
	ColorHover:       rgb(0xeef0f4),
	ColorOff:         rgb(0xeceef1),
	ColorTint:        rgb(0xedf0fb),
	ColorGoodTint:    rgb(0xe9f5ed),
	ColorWarningTint: rgb(0xfdf3df),
	ColorBadTint:     rgb(0xfcedec),

	theme.ColorNameSelection:           rgba(0x3049b4, 0x40),
	theme.ColorNameScrollBar:           rgb(0xa9b0ba),
	theme.ColorNameShadow:              rgba(0x000000, 0x00),
	theme.ColorNameForegroundOnSuccess: rgb(0xffffff),
	theme.ColorNameForegroundOnWarning: rgb(0xffffff),
}

var dark = map[fyne.ThemeColorName]color.Color{
	ColorBackground:  rgb(0x16181d),
	ColorText:        rgb(0xe7e9ed),
	ColorMuted:       rgb(0xa6aeb9),
	ColorAccent:      rgb(0xa9b8ff),
	colorAccentHover: rgb(0xc2cdff),
	ColorOnAccent:    rgb(0x10163a),
	ColorGood:        rgb(0x77cc92),
	ColorWarning:     rgb(0xe6ba5e),
	ColorBad:         rgb(0xff9d92),
	colorBadHover:    rgb(0xffb8b0),
	colorOnBad:       rgb(0x3d0704),
	ColorRail:        rgb(0x1b1e24),
	ColorCard:        rgb(0x1e2128),
	ColorBorder:      rgb(0x343944),
	colorControl:     rgb(0x1e2128),
	ColorControlLine: rgb(0x767e8b),
	ColorHover:       rgb(0x282c35),
	ColorOff:         rgb(0x262a31),
	ColorTint:        rgb(0x20263d),
	ColorGoodTint:    rgb(0x1a2a20),
	ColorWarningTint: rgb(0x2a2619),
	ColorBadTint:     rgb(0x2f2021),

	theme.ColorNameSelection:           rgba(0xa9b8ff, 0x50),
	theme.ColorNameScrollBar:           rgb(0x5b626e),
	theme.ColorNameShadow:              rgba(0x000000, 0x00),
	theme.ColorNameForegroundOnSuccess: rgb(0x0b2013),
	theme.ColorNameForegroundOnWarning: rgb(0x271c04),
}

// alike are Fyne's names that show one of our colours.
var alike = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameButton:              colorControl,
	theme.ColorNameDisabledButton:      ColorOff,
	theme.ColorNameDisabled:            ColorMuted,
	theme.ColorNamePlaceHolder:         ColorMuted,
	theme.ColorNameHyperlink:           ColorAccent,
	theme.ColorNameFocus:               ColorTint,
	theme.ColorNameHover:               ColorHover,
	theme.ColorNamePressed:             ColorHover,
	theme.ColorNameInputBackground:     colorControl,
	theme.ColorNameInputBorder:         ColorControlLine,
	theme.ColorNameMenuBackground:      ColorCard,
	theme.ColorNameOverlayBackground:   ColorCard,
	theme.ColorNameHeaderBackground:    ColorRail,
	theme.ColorNameSeparator:           ColorBorder,
	theme.ColorNameScrollBarBackground: ColorRail,
}
