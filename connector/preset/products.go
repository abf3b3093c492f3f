package preset

import (
	"embed"
	"fmt"
	"path"
	"sync"

	"partner-center-connector/connector"
)

// products are presets with a table of the links and nothing else, each named as its product's ID.
//
//go:embed products/*.toml
var products embed.FS

// BuiltIn are the products whose words go with this program, by the names of their files. They are never changed in place.
var BuiltIn = sync.OnceValue(func() []connector.Product {
	entries, err := products.ReadDir("products")
	if err != nil {
		panic(err) // it is embedded
	}
	all := []connector.Product{}
	for _, entry := range entries {
		p, err := builtIn(path.Join("products", entry.Name()))
		if err != nil {
			panic(fmt.Sprintf("%s: %v", entry.Name(), err))
		}
		all = append(all, p)
	}
	return all
})

func builtIn(name string) (connector.Product, error) {
	data, err := products.ReadFile(name)
	if err != nil {
		return connector.Product{}, err
	}
	p, err := parse(data)
	if err != nil {
		return connector.Product{}, err
	}
	return *p.Links, nil
}
