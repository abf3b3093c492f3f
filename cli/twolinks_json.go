package cli

import (
	"cmp"

	"partner-center-connector/connector"
	"partner-center-connector/connector/record"
)

// jsonOfLinks is what is known of the two links of another product, with the product's name as it is called now where none was kept; nil for a
// connector or draft of our own.
func (p *program) jsonOfLinks(l *connector.Links) *record.JSONLinks {
	all := record.JSONOfLinks(l)
	if all != nil {
		all.ProductName = cmp.Or(all.ProductName, p.productName(l.Product))
	}
	return all
}

// productName is what people call a product; empty for one that this program does not know.
func (p *program) productName(id string) string {
	product, _ := connector.ProductByID(p.products, id)
	return product.Name
}
