// Package report keeps what `make bench` has measured and tells it: the JSON, the tables of the documents and the plot of how cost grows.
package report
