package view

import "slices"

// otherWays are the ways besides the main one. They show at first where the main way can't be taken, or has just failed.
func otherWays(open bool, blocks ...any) Fold {
	return Fold{ID: "other-ways", Title: text("common.other-ways"), Open: open, Blocks: blocksOf(blocks...)}
}

// why are the reasons of a page, behind a title that says of what.
func why(title Text, blocks ...any) Fold {
	return Fold{ID: "why", Title: title, Blocks: blocksOf(blocks...)}
}

// bodies are texts, each in a paragraph of its own.
func bodies(texts ...Text) []Block {
	blocks := []Block{}
	for _, t := range texts {
		blocks = append(blocks, body(t))
	}
	return blocks
}

// Flat are blocks with those that are folded away among them, each after the fold that it is in.
func Flat(blocks []Block) []Block {
	all := []Block{}
	for _, b := range blocks {
		all = append(all, b)
		if f, ok := b.(Fold); ok {
			all = slices.Concat(all, Flat(f.Blocks))
		}
	}
	return all
}
