#pragma once

#include "outgoingdocument.h"

class QWidget;

namespace Counterfoil {

class DetailPane;
class DocumentView;
class RecordsPage;

// What is meant by "this one" in a window: the document that is being read, where one has the focus; else the
// rows selected in the list, or the record shown. Empty: nothing is.
OutgoingRows chosenRows(const QWidget &window, const RecordsPage *page);
OutgoingRows chosenRows(const QWidget &window, const DetailPane &pane);
// The document that is shown, and the pages of it that are chosen.
OutgoingRows chosenPages(const DocumentView &view);

} // namespace Counterfoil
