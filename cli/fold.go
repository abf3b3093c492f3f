package cli

import (
	"context"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// project is what a state shows here: a part of the page that a person had shown, by the menu or by --verbose, or that has what is asked for next,
// is in place of its title.
func (c *conversation) project(state wizard.State) view.View {
	v := view.Project(state)
	v.Blocks = c.unfold(v.Blocks, needs[state.Blocked()].field)
	return v
}

func (c *conversation) unfold(blocks []view.Block, needed connector.Field) []view.Block {
	all := []view.Block{}
	for _, b := range blocks {
		f, isFold := b.(view.Fold)
		if !isFold || !f.Open && !c.opened[f.ID] && !c.verbose && !hasInput(f.Blocks, needed) {
			all = append(all, b)
			continue
		}
		all = append(all, view.Paragraph{Role: view.Heading, Text: f.Title})
		all = append(all, c.unfold(f.Blocks, needed)...)
	}
	return all
}

// hasInput reports whether the input of a field is among blocks; there is none of an empty field.
func hasInput(blocks []view.Block, f connector.Field) bool {
	return f != "" && slices.ContainsFunc(blocks, func(b view.Block) bool {
		switch b := b.(type) {
		case view.Input:
			return b.Field == f
		case view.Choice:
			return b.Field == f
		case view.Tick:
			return b.Field == f
		case view.Fold:
			return hasInput(b.Blocks, f)
		}
		return false
	})
}

// foldMark is what the title of a part of a page begins with that is not shown yet.
const foldMark = "[+] "

// foldLines are the title of a part that is not shown.
func (p *program) foldLines(f view.Fold) [][]line {
	return [][]line{{{first: foldMark, rest: strings.Repeat(" ", len(foldMark)), text: f.Title.Render(p.tr)}}}
}

// buttonChoices offer what the buttons of a block do, and to show what it keeps back.
func (c *conversation) buttonChoices(all []choice, b view.Block) []choice {
	if f, isFold := b.(view.Fold); isFold {
		return append(all, c.showChoice(f))
	}
	for _, button := range buttonsOf(b) {
		all = c.add(all, button)
	}
	return append(all, c.moreChoice(b)...)
}

// showChoice shows a part of the page; its own ways on are in the menu from then on.
func (c *conversation) showChoice(f view.Fold) choice {
	label := c.tr.Text("cli.ask.show", map[string]any{"Title": f.Title.Render(c.tr)})
	return choice{label: label, do: func(context.Context) error {
		c.opened[f.ID] = true
		c.tellBlocks(c.unfold([]view.Block{f}, ""), func(view.Block) bool { return true })
		return nil
	}}
}

// moreChoice leads to the rare ways on of a block; none where it has none that can be taken here.
func (c *conversation) moreChoice(b view.Block) []choice {
	more := []choice{}
	for _, button := range moreOf(b) {
		more = c.add(more, button)
	}
	switch len(more) {
	case 0, 1:
		return more // a menu of one is no shorter
	}
	return []choice{{label: c.t("cli.ask.more"), do: func(ctx context.Context) error {
		n, err := c.in.option(ctx, c.t("cli.ask.what-next"), labelsOf(more), -1, change{})
		if err != nil {
			return upToMenu(err)
		}
		return more[n].do(ctx)
	}}}
}

func moreOf(b view.Block) []view.Button {
	switch b := b.(type) {
	case view.Actions:
		return b.More
	case view.Row:
		return b.More
	}
	return nil
}

// copiesOf are the texts of a page that are to be copied, wherever they stand.
func copiesOf(blocks []view.Block) []view.Text {
	texts := []view.Text{}
	for _, b := range blocks {
		if f, isFold := b.(view.Fold); isFold {
			texts = append(texts, copiesOf(f.Blocks)...)
			continue
		}
		for _, button := range append(buttonsOf(b), moreOf(b)...) {
			if !button.CopyText.Empty() {
				texts = append(texts, button.CopyText)
			}
		}
	}
	return texts
}
