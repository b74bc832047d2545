#include "accountsection.h"

#include "searchfield.h"
#include "style.h"
#include "textlink.h"
#include "type.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int padding = AccountRow::padding;

bool matches(const AccountRowWords &words, const QString &typed)
{
    const QStringList wanted = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QString all
        = QStringList{words.name, words.detail, words.email, words.phones}.join(QLatin1Char(' '));
    return std::ranges::all_of(
        wanted, [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace

AccountSection::AccountSection(const QString &title, const QString &addText, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(title, this))
    , m_note(new QLabel(this))
    , m_add(new QPushButton(this))
    , m_search(new SearchField(Icons::Icon::Search, tr("Type to find"), {}, this))
    , m_content(new QVBoxLayout)
    , m_layout(new QVBoxLayout)
    , m_empty(new QLabel(this))
    , m_rest(new QLabel(this))
    , m_more(new TextLink(QString(), this))
{
    setAccessibleName(title);
    build();
    setAddText(addText);
    setMore({});
}

void AccountSection::build()
{
    Type::set(*m_title, Type::Role::Strong);
    Type::set(*m_note, Type::Role::Caption);
    Type::setMuted(*m_note);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(padding, 0, Space::medium, 0);
    head->setSpacing(Space::small);
    head->addWidget(m_title);
    head->addWidget(m_note, 1);
    head->addWidget(m_add);
    m_search->setAccessibleName(tr("Find in %1").arg(title()));
    m_search->hide();
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &AccountSection::arrange);
    auto *search = new QHBoxLayout;
    search->setContentsMargins(padding, 0, padding, 0);
    search->addWidget(m_search);
    for (QLabel *label : {m_empty, m_rest}) {
        label->setContentsMargins(padding, Space::unit, padding, Space::unit);
        label->setWordWrap(true);
        Type::setMuted(*label);
    }
    auto *more = new QHBoxLayout;
    more->setContentsMargins(padding - 1, Space::unit, padding, 0);
    more->addWidget(m_more);
    more->addStretch();
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_content->setContentsMargins(padding, 0, padding, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Space::medium, 0, Space::medium);
    layout->setSpacing(Space::unit + 2);
    layout->addLayout(head);
    layout->addLayout(search);
    layout->addLayout(m_content);
    layout->addWidget(m_empty);
    layout->addLayout(m_layout);
    layout->addWidget(m_rest);
    layout->addLayout(more);
    connect(m_add, &QPushButton::clicked, this, &AccountSection::addWanted);
    connect(m_more, &QAbstractButton::clicked, this, &AccountSection::moreWanted);
}

QString AccountSection::title() const
{
    return m_title->text();
}

void AccountSection::setNote(const QString &text)
{
    m_note->setText(text);
}

void AccountSection::setAddText(const QString &text, Icons::Icon icon)
{
    m_add->setIcon(Icons::icon(icon));
    m_add->setText(text);
    m_add->setAccessibleName(text);
    m_add->setVisible(!text.isEmpty());
}

void AccountSection::setMore(const QString &text)
{
    m_more->setText(text);
    m_more->setAccessibleName(text);
    m_more->setVisible(!text.isEmpty());
    m_more->updateGeometry();
}

void AccountSection::addContent(QWidget *content)
{
    m_content->addWidget(content);
}

void AccountSection::addRow()
{
    auto *row = new AccountRow(this);
    connect(row, &AccountRow::wanted, this,
            [this, row](RowDeed deed) { Q_EMIT wanted(row->words().key, deed); });
    connect(row, &AccountRow::focused, this, [this, row] {
        m_current = row->words().key;
        Q_EMIT currentChanged();
    });
    m_shown.append(row);
    m_layout->addWidget(row);
    row->show(); // at once, so that it can take the focus
}

void AccountSection::setRows(const QList<AccountRowWords> &rows, const QString &emptyText)
{
    m_all = rows;
    m_emptyText = emptyText;
    m_search->setVisible(rows.size() > rowsNeedingSearch);
    if (rows.size() <= rowsNeedingSearch && !m_search->text().isEmpty()) {
        const QSignalBlocker quiet(m_search);
        m_search->clear();
    }
    arrange();
}

void AccountSection::arrange()
{
    QList<AccountRowWords> matching;
    for (const AccountRowWords &words : std::as_const(m_all)) {
        if (matches(words, m_search->text()))
            matching.append(words);
    }
    const qsizetype count = std::min<qsizetype>(matching.size(), mostRows);
    const AccountRow *focused = nullptr;
    for (const AccountRow *row : std::as_const(m_shown)) {
        if (row->hasFocus())
            focused = row;
    }
    const QString focusedKey = focused ? focused->words().key : QString();
    while (m_shown.size() > count)
        delete m_shown.takeLast();
    while (m_shown.size() < count)
        addRow();
    for (qsizetype i = 0; i < count; ++i)
        m_shown[i]->setWords(matching[i]);
    // The focus follows what it was on, wherever that stands now.
    if (!focusedKey.isEmpty())
        focusRow(focusedKey);
    m_empty->setText(m_all.isEmpty() ? m_emptyText : tr("Nothing here matches what you typed."));
    m_empty->setVisible(matching.isEmpty());
    const qsizetype rest = matching.size() - count;
    m_rest->setText(tr("And %Ln more: type above to find one.", nullptr, static_cast<int>(rest)));
    m_rest->setVisible(rest > 0);
    Q_EMIT currentChanged();
}

AccountRow *AccountSection::row(const QString &key) const
{
    const auto found
        = std::ranges::find_if(m_shown, [&key](const AccountRow *row) { return row->words().key == key; });
    return found == m_shown.end() ? nullptr : *found;
}

AccountRow *AccountSection::current() const
{
    return m_current.isEmpty() ? nullptr : row(m_current);
}

bool AccountSection::focusRow(const QString &key)
{
    AccountRow *found = row(key);
    if (found)
        found->setFocus(Qt::OtherFocusReason);
    return found != nullptr;
}

void AccountSection::focusFirst()
{
    if (AccountRow *last = current())
        last->setFocus(Qt::OtherFocusReason);
    else if (!m_shown.isEmpty())
        m_shown.first()->setFocus(Qt::OtherFocusReason);
    else if (m_add->isVisible())
        m_add->setFocus(Qt::OtherFocusReason);
}

bool AccountSection::step(const AccountRow *from, int by)
{
    const qsizetype at = m_shown.indexOf(from) + by;
    if (at < 0 || at >= m_shown.size())
        return false;
    m_shown[at]->setFocus(Qt::TabFocusReason);
    return true;
}

void AccountSection::keyPressEvent(QKeyEvent *event)
{
    const auto *row = qobject_cast<AccountRow *>(focusWidget());
    const bool arrow = event->key() == Qt::Key_Down || event->key() == Qt::Key_Up;
    if (arrow && row && isAncestorOf(row)) {
        if (!step(row, event->key() == Qt::Key_Down ? 1 : -1))
            event->ignore();
    } else if (event->key() == Qt::Key_Down && m_search->hasFocus() && !m_shown.isEmpty()) {
        m_shown.first()->setFocus(Qt::TabFocusReason);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void AccountSection::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    paintBox(painter, rect(), Radius::card, t.panel, t.line);
}

} // namespace Counterfoil
