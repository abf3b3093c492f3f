package pcc

import (
	_ "embed"

	"partner-center-connector/assets/notices"
)

//go:embed windows.txt
var list string

//go:embed windows.gz
var packed string

// Set is what is in this program.
func Set() notices.Set { return notices.Set{List: list, Packed: packed} }
