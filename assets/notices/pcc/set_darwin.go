package pcc

import (
	_ "embed"

	"partner-center-connector/assets/notices"
)

//go:embed darwin.txt
var list string

//go:embed darwin.gz
var packed string

// Set is what is in this program.
func Set() notices.Set { return notices.Set{List: list, Packed: packed} }
