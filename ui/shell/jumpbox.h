#pragma once

#include "recordref.h"
#include "searchfield.h"

#include <QPointer>

class QListView;

namespace Counterfoil {

class PaletteModel;

// The one box that finds everything: type, arrow, Enter. Its list lies over the window below it.
class JumpBox final : public SearchField
{
    Q_OBJECT
public:
    explicit JumpBox(PaletteModel &model, QWidget *parent = nullptr);

    void begin(const QString &text = {}); // focus and open; a text given is looked up at once
    // Looks up what was pasted: one record that it names exactly opens at once, else the list shows.
    void beginWithPasted(const QString &text);
    bool isListOpen() const;

    QSize sizeHint() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void recordChosen(const Counterfoil::RecordRef &ref, bool inOwnWindow);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void openList();
    void closeList();
    void placeList();
    void leave();
    void choose(int row, bool inOwnWindow);
    void onAnswered();
    void step(int by);

    PaletteModel &m_model;
    QWidget *m_card;
    QListView *m_list;
    QPointer<QWidget> m_focusBefore;
    bool m_enterWaits = false; // Enter came before the answer
    bool m_pasted = false;
    bool m_ownWindow = false;
};

} // namespace Counterfoil
