// Package nodump keeps the memory of a program, in which there are tokens, out of core dumps and crash reports.
package nodump
