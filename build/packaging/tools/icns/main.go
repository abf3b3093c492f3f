// Command icns makes the icon file of macOS from a drawing: icns DRAWING.svg FILE.icns.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"os"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

// pictures are the parts of the file: those that macOS 10.7 and newer read as PNG. Each doubles as another size's Retina
// picture, under a name of its own: ic12 is 32 points at twice the resolution. Names: https://en.wikipedia.org/wiki/Apple_Icon_Image_format
var pictures = []struct {
	name string
	size int
}{
	{"ic11", 32},
	{"ic12", 64},
	{"ic07", 128},
	{"ic13", 256},
	{"ic08", 256},
	{"ic14", 512},
	{"ic09", 512},
	{"ic10", 1024},
}

// margin is the share of the drawing's side that stays empty around it, so that its square is as large beside those of other
// programs as Apple's grid has it: 824 of 1024. The drawing has a margin of 8 in 256 of its own.
const margin = (1 - 824.0/1024*256/240) / 2

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "icns DRAWING.svg FILE.icns")
		os.Exit(2)
	}
	if err := convert(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "icns:", err)
		os.Exit(1)
	}
}

func convert(drawing, target string) error {
	svg, err := os.ReadFile(drawing)
	if err != nil {
		return err
	}
	icon, err := pack(svg)
	if err != nil {
		return fmt.Errorf("%s: %w", drawing, err)
	}
	return os.WriteFile(target, icon, 0o644) //nolint:gosec // everybody may see an icon
}

// pack is the whole file: a head with its length, and every picture behind a head of its own.
func pack(svg []byte) ([]byte, error) {
	var parts bytes.Buffer
	for _, p := range pictures {
		data, err := draw(svg, p.size)
		if err != nil {
			return nil, err
		}
		part(&parts, p.name, data)
	}
	var file bytes.Buffer
	part(&file, "icns", parts.Bytes())
	return file.Bytes(), nil
}

// part writes a name, the length with this head's 8 bytes, and the content.
func part(out *bytes.Buffer, name string, content []byte) {
	out.WriteString(name)
	out.Write(binary.BigEndian.AppendUint32(nil, uint32(len(content)+8)))
	out.Write(content)
}

// draw is the drawing as a PNG of this many pixels a side.
func draw(svg []byte, size int) ([]byte, error) {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(svg), oksvg.StrictErrorMode)
	if err != nil {
		return nil, err
	}
	side := float64(size)
	icon.SetTarget(side*margin, side*margin, side*(1-2*margin), side*(1-2*margin))
	picture := image.NewRGBA(image.Rect(0, 0, size, size))
	icon.Draw(rasterx.NewDasher(size, size, rasterx.NewScannerGV(size, size, picture, picture.Bounds())), 1)
	var data bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&data, picture); err != nil {
		return nil, err
	}
	return data.Bytes(), nil
}
