#pragma once

#include "cartbook.h"
#include "cartsmodel.h"
#include "panecontext.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

#include <optional>

namespace Counterfoil {

class Banner;
class CartLinesModel;
class FormField;
class QuotePort;
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
    static constexpr int restMs = 1'500; // after the last change before it is saved

    CartView(const PaneContext &context, CartBook &book, QuotePort &quotes, QWidget *parent = nullptr);

    void showCart(const std::string &target); // of the book; another one or none: nothing is shown
    const std::string &target() const { return m_target; }
    const Cart &cart() const { return m_cart; }
    CartLinesModel &lines() const { return *m_lines; }
    RecordView &linesView() const { return *m_view; }
    FormField &poReference() const { return *m_po; }
    FormField &wanted() const { return *m_wanted; }
    bool canChange() const { return m_state.editable; }
    bool isSaved() const { return !m_edited; }

    void save(); // what was changed and is not stored yet
    void pasteParts(const QString &text);
    ReviewSheet *review();
    void removeLine();
    void retire();
    void focusLines();
    void goToOrder();

Q_SIGNALS:
    void changed(); // another cart, or its state
    void orderChosen(const Counterfoil::RecordRef &order);
    void told(const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    QWidget *buildForm();
    void connectAll();
    void takeFact();
    void showAll();
    void showForm();
    void showBanner();
    void noteEdit();
    bool takeForm(); // what is typed; false: it is not a day
    void place(const Cart &seen);
    void submit(const Command &command, const QString &saying);
    void fitColumns();
    const BookEntry *entry() const;
    bool isShown(const std::string &target); // else the person is told

    const PaneContext m_context;
    CartBook &m_book;
    QuotePort &m_quotes;
    std::string m_target;
    Cart m_cart; // as it stands here
    CartState m_state;
    bool m_edited = false;
    QTimer m_rest;
    std::vector<Cart> m_reviewed;      // as the cart may stand where it is placed: what was seen
    std::optional<Cart> m_placing;     // as soon as what was changed is stored
    QHash<QString, QString> m_waiting; // what to say once a command is stored

    QLabel *m_title;
    StatusChip *m_chip;
    QLabel *m_subtitle;
    Banner *m_banner;
    FormField *m_name;
    FormField *m_po;
    FormField *m_wanted;
    FormField *m_shipTo;
    FormField *m_notes;
    CartLinesModel *m_lines;
    RecordView *m_view;
    QLabel *m_note; // below the lines: what was wrong with what was typed, or how old the prices are
    QPushButton *m_paste;
    QPushButton *m_order;
    QPushButton *m_review;
    StatePanel *m_none;
};

} // namespace Counterfoil
