package gui

// pick is a where first holds, else b.
func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}
