package problems

// object is where a JSON object is in a text: its braces.
type object struct{ from, to int }

// maxObject is how far the braces of an object are looked for, in bytes.
const maxObject = 8 << 10

// objectAround finds the innermost object around a place of a text; the whole text, from -1, where there is none.
func objectAround(text string, i int) object {
	o, depth := object{from: -1, to: len(text)}, 0
	for at := i - 1; at >= max(0, i-maxObject); at-- {
		if text[at] == '{' && depth == 0 {
			o.from = at
			break
		}
		depth += level(text[at])
	}
	if o.from < 0 {
		return o
	}
	depth = 0
	for at := i; at < min(len(text), i+maxObject); at++ {
		if text[at] == '}' && depth == 0 {
			o.to = at
			break
		}
		depth -= level(text[at])
	}
	return o
}

// level is how a character changes the depth, from right to left.
func level(c byte) int {
	switch c {
	case '}':
		return 1
	case '{':
		return -1
	}
	return 0
}

// holds reports whether a place is in the object, or in one within it.
func (o object) holds(at int) bool { return at > o.from && at < o.to }
