#include "accountrow.h"

#include "flowlayout.h"
#include "selectable.h"
#include "statuschip.h"
#include "style.h"
#include "textlink.h"
#include "tonelabel.h"
#include "type.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QUrl>

namespace Counterfoil {

namespace {

constexpr RowDeed allDeeds[] = {RowDeed::Edit,        RowDeed::MakeShipTo, RowDeed::MakeBillTo,
                                RowDeed::EditRefused, RowDeed::ShowEntry,  RowDeed::Retire};

QLabel *plainLabel(QWidget *parent, Type::Role role)
{
    auto *label = new QLabel(parent);
    Type::set(*label, role);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

AccountRow::AccountRow(QWidget *parent)
    : QWidget(parent)
    , m_name(plainLabel(this, Type::Role::Strong))
    , m_detail(plainLabel(this, Type::Role::Body))
    , m_state(new StatusChip(this))
    , m_more(new QPushButton(QStringLiteral("⋯"), this))
    , m_markBox(new QWidget(this))
    , m_reachBox(new QWidget(this))
    , m_email(new TextLink(QString(), m_reachBox))
    , m_phones(plainLabel(m_reachBox, Type::Role::Body))
    , m_explanation(new ToneLabel(this))
    , m_linkBox(new QWidget(this))
    , m_editRefused(new TextLink(tr("Edit and send again"), m_linkBox))
    , m_showEntry(new TextLink(tr("What became of it"), m_linkBox))
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    Type::setMuted(*m_detail);
    Type::setMuted(*m_phones);
    m_phones->setWordWrap(false);
    makeSelectable(*m_phones);
    m_more->setFocusPolicy(Qt::NoFocus); // the menu key of the row does the same
    m_more->setFixedSize(Type::controlHeight(), Type::controlHeight() - Space::small);
    QSizePolicy kept = m_more->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // states stand below each other
    m_more->setSizePolicy(kept);
    setLook(*m_more, ButtonLook::Quiet);

    auto *head = new QHBoxLayout;
    head->setSpacing(Space::small);
    head->addWidget(m_name, 1);
    head->addWidget(m_state, 0, Qt::AlignVCenter);
    head->addWidget(m_more, 0, Qt::AlignVCenter);
    auto *marks = new FlowLayout(Space::unit + 2, m_markBox);
    auto *reach = new QVBoxLayout(m_reachBox);
    reach->setSpacing(0);
    reach->addWidget(m_email, 0, Qt::AlignLeading);
    reach->addWidget(m_phones);
    auto *links = new FlowLayout(Space::large, m_linkBox);
    links->addWidget(m_editRefused);
    links->addWidget(m_showEntry);
    for (QLayout *flow : std::initializer_list<QLayout *>{marks, reach, links})
        flow->setContentsMargins(0, 0, 0, 0);
    marks->setContentsMargins(0, 2, 0, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(padding, Space::unit + 2, Space::small, Space::small + 2);
    layout->setSpacing(2);
    layout->addLayout(head);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_detail, m_reachBox, m_markBox, m_explanation, m_linkBox})
        layout->addWidget(part);

    connect(m_more, &QPushButton::clicked, this,
            [this] { openMenu(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    connect(m_email, &QAbstractButton::clicked, this, [this] {
        QUrl url;
        url.setScheme(QStringLiteral("mailto"));
        url.setPath(m_words.email);
        QDesktopServices::openUrl(url);
    });
    connect(m_editRefused, &QAbstractButton::clicked, this, [this] { Q_EMIT wanted(RowDeed::EditRefused); });
    connect(m_showEntry, &QAbstractButton::clicked, this, [this] { Q_EMIT wanted(RowDeed::ShowEntry); });
}

void AccountRow::setWords(const AccountRowWords &words)
{
    if (words == m_words)
        return;
    m_words = words;
    m_name->setText(words.name);
    m_detail->setText(words.detail);
    m_detail->setVisible(!words.detail.isEmpty());
    m_state->setState(words.state.text, words.state.symbol, words.state.tone);
    m_more->setVisible(words.deeds != RowDeeds());
    m_more->setAccessibleName(tr("What can be done with %1").arg(words.name));
    m_more->setToolTip(m_more->accessibleName());
    m_explanation->tell(words.explanation, words.explanationTone);
    m_name->setForegroundRole(words.faded ? QPalette::PlaceholderText : QPalette::NoRole);
    m_showEntry->setText(words.entryText.isEmpty() ? tr("What became of it") : words.entryText);
    m_showEntry->setAccessibleName(m_showEntry->text());
    m_showEntry->updateGeometry();
    showMarks();
    showLinks();
    QStringList said{words.name, words.detail, words.email, words.phones, words.state.text};
    for (const ChipWords &mark : words.marks)
        said.append(mark.text);
    said.append(words.explanation);
    said.removeAll(QString());
    setAccessibleName(said.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void AccountRow::showMarks()
{
    while (m_marks.size() > m_words.marks.size())
        delete m_marks.takeLast();
    while (m_marks.size() < m_words.marks.size()) {
        m_marks.append(new StatusChip(m_markBox));
        m_markBox->layout()->addWidget(m_marks.last());
    }
    for (qsizetype i = 0; i < m_marks.size(); ++i)
        m_marks[i]->setState(m_words.marks[i].text, m_words.marks[i].symbol, m_words.marks[i].tone);
    m_markBox->setVisible(!m_marks.isEmpty());
}

void AccountRow::showLinks()
{
    m_email->setText(m_words.email);
    m_email->setAccessibleName(tr("Write to %1").arg(m_words.email));
    m_email->setToolTip(m_email->accessibleName());
    m_email->setVisible(!m_words.email.isEmpty());
    m_email->updateGeometry();
    m_phones->setText(m_words.phones);
    m_phones->setVisible(!m_words.phones.isEmpty());
    m_reachBox->setVisible(!m_words.email.isEmpty() || !m_words.phones.isEmpty());
    m_editRefused->setVisible(m_words.deeds.testFlag(RowDeed::EditRefused));
    m_showEntry->setVisible(m_words.deeds.testFlag(RowDeed::ShowEntry));
    m_linkBox->setVisible(m_words.deeds.testFlag(RowDeed::EditRefused)
                          || m_words.deeds.testFlag(RowDeed::ShowEntry));
}

QString AccountRow::deedName(RowDeed deed) const
{
    switch (deed) {
    case RowDeed::Edit:
        return tr("Change…");
    case RowDeed::MakeShipTo:
        return tr("Make it the usual address for deliveries");
    case RowDeed::MakeBillTo:
        return tr("Make it the usual address for invoices");
    case RowDeed::EditRefused:
        return m_editRefused->text();
    case RowDeed::ShowEntry:
        return m_showEntry->text();
    case RowDeed::Retire:
        break;
    }
    return m_words.retireText.isEmpty() ? tr("Retire…") : m_words.retireText;
}

void AccountRow::openMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const RowDeed deed : allDeeds) {
        if (!m_words.deeds.testFlag(deed))
            continue;
        if (deed == RowDeed::Retire && !menu->isEmpty())
            menu->addSeparator();
        menu->addAction(deedName(deed), this, [this, deed] { Q_EMIT wanted(deed); });
    }
    if (menu->isEmpty())
        delete menu;
    else
        menu->popup(at);
}

void AccountRow::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const QRect box = rect().adjusted(Space::small, 1, -Space::unit, -1);
    if (underMouse() && m_words.deeds != RowDeeds())
        paintBox(painter, box, Radius::chip, t.hover, Qt::transparent);
    if (hasFocus())
        paintFocusRing(painter, box, Radius::chip, t.accent);
}

void AccountRow::keyPressEvent(QKeyEvent *event)
{
    const RowDeeds deeds = m_words.deeds;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (auto *link = qobject_cast<TextLink *>(focusWidget()); enter && link && link->hasFocus()) {
        link->click();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (deeds.testFlag(RowDeed::EditRefused))
            Q_EMIT wanted(RowDeed::EditRefused);
        else if (deeds.testFlag(RowDeed::Edit))
            Q_EMIT wanted(RowDeed::Edit);
        return;
    case Qt::Key_Menu:
        openMenu(mapToGlobal(QPoint(padding, height())));
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void AccountRow::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())
        && m_words.deeds.testFlag(RowDeed::Edit))
        Q_EMIT wanted(RowDeed::Edit);
}

void AccountRow::contextMenuEvent(QContextMenuEvent *event)
{
    openMenu(event->globalPos());
}

void AccountRow::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
    Q_EMIT focused();
}

void AccountRow::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace Counterfoil
