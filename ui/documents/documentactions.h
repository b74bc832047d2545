#pragma once

namespace Counterfoil {

class Actions;
class DocumentView;

// Lists what can be done with the document in the window's actions, so that the palette and the sheet of
// keys have it. The keys work while the viewer has the focus; Ctrl+F wherever the viewer is to be seen.
void addDocumentActions(Actions &actions, DocumentView &view);

} // namespace Counterfoil
