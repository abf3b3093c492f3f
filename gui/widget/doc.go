// Package widget has what the window is made of: the controls ([Button], [Toggle], [Entry]), text ([Label]), icons and
// backdrops ([Icon], [Shape]), the layouts ([Column], [Row], [Leading], [Trailing] …), and the program's theme with its colours
// and sizes. It knows nothing of views, pages or the wizard: package gui draws those with it.
//
// The controls, the text and the layouts are made by hand because of four things that those of Fyne 2.8 do not do:
//
//   - A ring around what has the focus. Fyne's button changes the shade of its fill, which is hard to see and means the same as
//     the pointer over it. Each [Control] and each field of [NewField] has a ring of the accent colour around it.
//   - Keys for the window. A widget of Fyne's that has the focus swallows the keys that it does not use, so that Enter, Esc, F1 and
//     Page Down would do nothing on it; and its buttons are pressed by Space but not by Enter. Ours pass what they do not use on
//     to their [Host].
//   - Names for assistive technology. On Windows and macOS Fyne makes its buttons, labels and links known to screen readers, but
//     not its check boxes and radio buttons. Every control and text of ours has a name and a role, except [Entry], for which Fyne has no role.
//   - Height for width. A Fyne widget tells one least size, without being told the width that it will have, so that text that
//     wraps is laid out too high or too low until a second pass; and the text of its buttons and check boxes does not wrap at all.
//     Ours are asked for the height at a width ([HeightOf]), so that one pass settles a page in every size and language.
//
// [Entry] is Fyne's own text field, extended: selecting, undo and input methods are not worth writing again.
//
// Fyne's own widgets can take the place of these once they show the focus by a ring, pass unused keys to the canvas, and are
// [fyne.Accessible] with a role for check boxes; and once layouts can ask an object for its height at a width. The first two are
// reason enough for [Control], the last one for [Label] and the layouts: they can go one by one.
package widget
