package store

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// sizes are how many connectors a folder has for the benchmarks: what is done to one costs the same in each.
var sizes = []int{10, 100, 1_000, 10_000}

// checked is a connector as it is after its checks, of about 7 KB.
func checked(i int) connector.Connector {
	c := fullConnector(fmt.Sprintf("c-%05d", i))
	c.Name = "Connector " + strconv.Itoa(i)
	c.Tenant.Issuer = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
	c.Tenant.Authorize = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/authorize"
	c.Tenant.Token = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token"
	c.Checked = noon
	for len(c.Checks) < 13 {
		c.Checks = append(c.Checks, connector.Check{
			ID: connector.CheckPartner, State: connector.CheckPassed, At: noon,
			Evidence: []connector.Fact{{Key: "customers", Args: map[string]string{"Total": "42", "CorrelationID": "11111111-2222-3333-4444-555555555555"}, At: noon}},
		})
	}
	return c
}

// manyConnectors fills a new folder by taking over the list of an older version, and returns it with index and names.
func manyConnectors(b *testing.B, n int) *Store {
	b.Helper()
	s, err := Open(filepath.Join(b.TempDir(), "config"))
	if err != nil {
		b.Fatal(err)
	}
	records := make([]record[connector.Connector], n)
	for i := range records {
		records[i] = record[connector.Connector]{value: checked(i)}
	}
	text, err := s.oldList().encode(records[:min(n, 2_000)])
	if err != nil {
		b.Fatal(err)
	}
	if err := s.takeOver(text, records); err != nil {
		b.Fatal(err)
	}
	return s
}

func atSizes(b *testing.B, run func(b *testing.B, s *Store, n int)) {
	b.Helper()
	for _, n := range sizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			s := manyConnectors(b, n)
			b.ResetTimer()
			run(b, s, n)
		})
	}
}

// BenchmarkChange changes one connector, as a check does.
func BenchmarkChange(b *testing.B) {
	atSizes(b, func(b *testing.B, s *Store, n int) {
		b.Helper()
		for i := range b.N {
			c := checked(i % n)
			c.Refreshed = noon.Add(time.Duration(i+1) * time.Second)
			if err := s.PutConnector(c); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkAdd saves a new connector and removes it.
func BenchmarkAdd(b *testing.B) {
	atSizes(b, func(b *testing.B, s *Store, _ int) {
		b.Helper()
		for i := range b.N {
			c := checked(100_000 + i)
			if err := s.PutConnector(c); err != nil {
				b.Fatal(err)
			}
			if err := s.DeleteConnector(c.ID); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkFind finds one by its name and reads it.
func BenchmarkFind(b *testing.B) {
	atSizes(b, func(b *testing.B, s *Store, n int) {
		b.Helper()
		for i := range b.N {
			ids, err := s.Named("connector " + strconv.Itoa(i%n))
			if err != nil || len(ids) != 1 {
				b.Fatal(ids, err)
			}
			if _, err := s.Connector(ids[0]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkList lists them all.
func BenchmarkList(b *testing.B) {
	atSizes(b, func(b *testing.B, s *Store, n int) {
		b.Helper()
		for range b.N {
			if all, err := s.Connectors(); err != nil || len(all) != n {
				b.Fatal(len(all), err)
			}
		}
	})
}
