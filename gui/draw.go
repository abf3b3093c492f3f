package gui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"partner-center-connector/connector/view"
)

// drawn is a block on the screen, which is updated in place when a newer version of it comes.
type drawn interface {
	object() fyne.CanvasObject
	// update shows a newer version, which has the type of the first.
	update(b view.Block)
}

// reconcile draws blocks: those that were there before are brought up to date, the others are made anew.
func (s *screen) reconcile(before map[string]drawn, blocks []view.Block) (map[string]drawn, []drawn) {
	after, order := map[string]drawn{}, []drawn{}
	for _, b := range blocks {
		key := blockKey(b)
		for n := 2; after[key] != nil; n++ {
			key = fmt.Sprintf("%s#%d", blockKey(b), n)
		}
		d := before[key]
		if d == nil {
			d = s.newDrawn(b)
		}
		if d == nil {
			continue
		}
		d.update(b)
		after[key] = d
		order = append(order, d)
	}
	return after, order
}

// blockKey is what a block is known by from one view to the next: its type and, where it has one, its ID.
func blockKey(b view.Block) string {
	id := ""
	switch b := b.(type) {
	case view.Notice:
		id = b.ID
	case view.Problem:
		id = b.ID
	case view.Input:
		id = b.ID
	case view.Tick:
		id = b.ID
	case view.Choice:
		id = b.ID
	case view.Wait:
		id = b.ID
	case view.Busy:
		id = b.ID
	case view.Checks:
		id = b.ID
	case view.Meter:
		id = b.ID
	case view.Timeline:
		id = b.ID
	case view.Listing:
		id = b.ID
	case view.Fold:
		id = b.ID
	case view.Paragraph:
		id = string(b.Role)
	case view.Picture:
		id = b.Name
	}
	return fmt.Sprintf("%T:%s", b, id)
}

// newDrawn makes an empty drawing for a block's type; nil for a type that this window does not know.
func (s *screen) newDrawn(b view.Block) drawn {
	switch b.(type) {
	case view.Paragraph:
		return newParagraph(s)
	case view.List:
		return newList(s)
	case view.Picture:
		return newPicture(s)
	case view.Notice:
		return newNotice(s)
	case view.Problem:
		return newProblem(s)
	case view.Input:
		return newInput(s)
	case view.Tick:
		return newTickBlock(s)
	case view.Choice:
		return newChoice(s)
	case view.Facts:
		return newFacts(s)
	case view.Listing:
		return newListing(s)
	case view.Actions:
		return newActions(s)
	case view.Fold:
		return newFold(s)
	case view.Wait:
		return newWait(s)
	case view.Busy:
		return newBusy(s)
	case view.Checks:
		return newChecks(s)
	case rowRun:
		return newRowList(s)
	case view.Meter:
		return newMeter(s)
	case view.Timeline:
		return newTimeline(s)
	}
	fyne.LogError(fmt.Sprintf("no drawing for %T", b), nil)
	return nil
}
