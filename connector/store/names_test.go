package store

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"partner-center-connector/connector"
)

func TestANameIsGivenOnce(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	put := func(id, name string) error {
		return beside(t, s).PutConnector(connector.Connector{ID: id, Name: name})
	}
	if err := errors.Join(put("a", "Contoso"), put("b", "Fabrikam"), put("c", ""), put("d", "")); err != nil {
		t.Fatal(err)
	}
	before := whole(t, s)
	for _, c := range [][2]string{
		{"new", "Contoso"}, {"new", "cONTOSO "}, {"new", "Contoso\u200b"}, {"b", "contoso"}, {"c", "Contoso"},
	} {
		if err := put(c[0], c[1]); !errors.Is(err, connector.ErrNameTaken) {
			t.Errorf("%s was called %q: %v", c[0], c[1], err)
		}
	}
	if after := whole(t, s); !reflect.DeepEqual(after, before) {
		t.Errorf("the list became\n%+v", after)
	}
	for _, c := range [][2]string{{"a", "Contoso"}, {"a", "CONTOSO"}, {"b", "Northwind"}, {"new", "Fabrikam"}} {
		if err := put(c[0], c[1]); err != nil {
			t.Errorf("%s was not called %q: %v", c[0], c[1], err)
		}
	}
}

// TestTwoOfOneNameInAnOldList checks that what an older version wrote can be written again: checked, renewed, and named apart.
func TestTwoOfOneNameInAnOldList(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, connectorsFile, `{"format": 2, "connectors": [{"id": "a", "name": "Contoso "}, {"id": "b", "name": "contoso"}]}`)
	for _, step := range []struct {
		id, name string
		want     error
	}{
		{"b", "contoso", nil},
		{"a", "Contoso ", nil},
		{"a", "Contoso", connector.ErrNameTaken},
		{"a", "Contoso Europe", nil},
		{"b", "Contoso", nil},
	} {
		err := s.PutConnector(connector.Connector{ID: step.id, Name: step.name, Health: connector.HealthGood})
		if !errors.Is(err, step.want) {
			t.Errorf("%s, called %q: %v", step.id, step.name, err)
		}
	}
}

// TestManyWritersOneName checks that of many processes which save a connector, or rename theirs, to one name at once exactly one gets it.
func TestManyWritersOneName(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	const processes = 12
	for i := range processes / 2 {
		if err := s.PutConnector(connector.Connector{ID: fmt.Sprintf("c-%02d", i), Name: fmt.Sprint("before ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	var won, refused atomic.Int32
	var wg sync.WaitGroup
	for i := range processes {
		name := []string{"Contoso", "CONTOSO", " contoso"}[i%3]
		wg.Go(func() {
			out, err := childOf(s, envAdd+"="+fmt.Sprintf("c-%02d", i), envName+"="+name).CombinedOutput()
			switch {
			case err == nil:
				won.Add(1)
			case strings.Contains(string(out), connector.ErrNameTaken.Error()):
				refused.Add(1)
			default:
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	all, err := s.Connectors()
	if err != nil || won.Load() != 1 || refused.Load() != processes-1 {
		t.Errorf("%d got the name, %d were refused; %v", won.Load(), refused.Load(), err)
	}
	called := slices.DeleteFunc(all, func(c connector.Connector) bool { return !connector.SameName(c.Name, "Contoso") })
	if len(called) != 1 {
		t.Errorf("the list has %+v", called)
	}
}

// TestNamesThatAreLostAreMadeAnew empties the folder of names, as a backup that was restored without some of its files does.
func TestNamesThatAreLostAreMadeAnew(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	put := func(id, name string) error {
		return beside(t, s).PutConnector(connector.Connector{ID: id, Name: name})
	}
	if err := errors.Join(put("a", "Contoso"), put("b", "Fabrikam"), put("c", "Northwind"), put("c", "Tailspin"), s.DeleteConnector("b")); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.sealed(); !ok {
		t.Error("changes of ours leave no seal")
	}
	for _, lost := range []string{"Contoso", "Tailspin"} {
		c, _ := claimOf(lost)
		if err := os.Remove(s.namesPath(c.file)); err != nil {
			t.Fatal(err)
		}
		if ids, err := beside(t, s).Named(lost); err != nil || len(ids) != 1 {
			t.Errorf("%s is found as %q, %v", lost, ids, err)
		}
		if err := put("new", lost); !errors.Is(err, connector.ErrNameTaken) {
			t.Errorf("%s was given again: %v", lost, err)
		}
	}
}
