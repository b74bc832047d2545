#pragma once

#include "cartediting.h"
#include "panecontext.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace Counterfoil {

class Banner;
class CartLinesModel;
class FormField;
class QuotePort;
class PartSheet;
class RecordView;
class ReviewSheet;
class StatePanel;
class StatusChip;
struct RecordRef;

// One cart: its lines with quantities to type over, and what the order is to say. What is changed is saved by
// itself, as a wish in the outbox, and so without a connection too.
class CartView final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int restMs = 1'500;       // after the last change before it is saved
    static constexpr int differencesShown = 5; // of what was not placed; the review says them all

    CartView(const PaneContext &context, CartBook &book, QuotePort &quotes, QWidget *parent = nullptr);

    void showCart(const std::string &target); // of the book; another one or none: nothing is shown
    const std::string &target() const { return m_editing.target(); }
    const Cart &cart() const { return m_editing.cart(); }
    CartLinesModel &lines() const { return *m_lines; }
    RecordView &linesView() const { return *m_view; }
    FormField &poReference() const { return *m_po; }
    FormField &wanted() const { return *m_wanted; }
    FormField &name() const { return *m_name; }
    FormField &shared() const { return *m_shared; }
    QString warning() const; // above the form; may be empty
    bool canChange() const { return m_editing.state().editable; }
    bool isSaved() const { return !m_editing.isEdited(); }

    void save(); // what was changed and is not stored yet
    void pasteParts(const QString &text);
    void readPartFile(const QString &file);
    ReviewSheet *review();
    void removeLine();
    void retire();
    void copy();
    void focusLines();
    void goToOrder();

Q_SIGNALS:
    void changed(); // another cart, or its state
    void orderChosen(const Counterfoil::RecordRef &order);
    void approvalChosen(const Counterfoil::RecordRef &approval);
    void decisionWanted(const QString &entry); // of the outbox
    // A copy of it: a list to order from again, or a cart of the list that it is.
    void copyWanted(const Counterfoil::Cart &cart, bool asList);
    void told(const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    QWidget *buildForm();
    void connectAll();
    void showAll();
    void showForm();
    void showNameNote();
    void showBanner();
    QString approvalSentence() const; // where it stands, or how it ended; empty: none is asked for
    void noteEdit();
    PartSheet *openPartSheet(const QString &text); // nullptr: nothing can be added
    bool takeForm();                               // what is typed; false: it is not a day
    void takeLines(const std::vector<CartLine> &lines);
    void fitColumns();
    bool isShown(const std::string &target); // else the person is told
    bool holdsFocus() const;

    const PaneContext m_context;
    CartBook &m_book;
    QuotePort &m_quotes;
    CartEditing m_editing;
    QTimer m_rest;

    QLabel *m_title;
    StatusChip *m_chip;
    QLabel *m_subtitle;
    Banner *m_banner;
    FormField *m_name;
    FormField *m_po;
    FormField *m_wanted;
    FormField *m_shipTo;
    FormField *m_notes;
    FormField *m_shared;
    CartLinesModel *m_lines;
    RecordView *m_view;
    QLabel *m_note; // below the lines: what was wrong with what was typed, or how old the prices are
    QPushButton *m_paste;
    QPushButton *m_order;
    QPushButton *m_approval;
    QPushButton *m_copy; // to a list, or from one
    QPushButton *m_decide;
    QPushButton *m_review;
    StatePanel *m_none;
};

} // namespace Counterfoil
