package report

import "slices"

// Spread is what several measurements of one thing came to.
type Spread struct {
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

// SpreadOf returns the spread of values; the zero Spread where there are none. The median of an even number of values is the mean of the
// two in the middle.
func SpreadOf(values []float64) Spread {
	if len(values) == 0 {
		return Spread{}
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	median := sorted[middle]
	if len(sorted)%2 == 0 {
		median = (sorted[middle-1] + sorted[middle]) / 2
	}
	return Spread{Median: median, Min: sorted[0], Max: sorted[len(sorted)-1]}
}

// Ratios divides the values of pairs. A pair whose divisor is zero, or whose other half is missing, is left out.
func Ratios(over, under []float64) []float64 {
	ratios := []float64{}
	for i, value := range over {
		if i < len(under) && under[i] != 0 {
			ratios = append(ratios, value/under[i])
		}
	}
	return ratios
}
