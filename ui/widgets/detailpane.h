#pragma once

#include "factsgrid.h"
#include "icons.h"
#include "panecontext.h"
#include "recordlink.h"
#include "recordwatch.h"
#include "tokens.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace Counterfoil {

class Actions;
class Banner;
class Calendars;
class DetailHeading;
class FactsGrid;
class LinksBar;
class StatePanel;

// What is known of one record: heading, what it leads to, facts, and sections below each other. Follows
// the cache live. What a kind has to say is said by the class derived for it.
class DetailPane : public QWidget
{
    Q_OBJECT
public:
    // How a kind is spoken of where there is nothing to show.
    struct Words
    {
        QString name;       // "Order"
        QString copyNumber; // "Copy the order number"
        Icons::Icon icon;
        QString noneTitle; // nothing is chosen
        QString noneText;
        QString missingTitle; // what was chosen is not here
    };

    // Name, state and buttons. Not inside the pane, so that a dock can be dragged by it; whoever shows
    // the pane puts it above.
    QWidget *heading() const;
    void addHeadingButton(QPushButton *button);

    const RecordType &kind() const { return m_kind; }
    void setKey(const QString &key);
    RecordRef ref() const { return {&m_kind, m_watch->ref().key}; }
    QString key() const;
    QString number() const { return m_shownNumber; } // empty until the record is here
    const QList<RecordLink> &links() const { return m_links; }
    void goToLink(qsizetype index); // as if its button were pressed; one that is not there does nothing
    void copyNumber() const;
    bool copySummary() const; // plain words for a chat or a mail; false: there is nothing to say
    virtual void focusBody();
    virtual void addActions(Actions &) { } // what can be done in this pane alone

    // What of the pane's own the profile keeps, beside the docks.
    virtual QByteArray saveLayout() const { return {}; }
    virtual void restoreLayout(const QByteArray &) { }
    virtual void resetLayout() { }

Q_SIGNALS:
    void titleChanged(const QString &number);
    void linksChanged();
    void linkChosen(const Counterfoil::RecordRef &ref, bool inOwnWindow);

protected:
    DetailPane(const PaneContext &context, const RecordType &kind, const Words &words, QWidget *parent);

    virtual void showRecord() = 0; // all of it; called while the record is here
    virtual void showFacts() = 0;  // what an age is part of; called by showRecord() and as time goes by

    virtual QList<RecordLink> moreLinks() const { return {}; } // after the record's own
    virtual QString summary() const { return {}; }             // called while the record is here
    void showLinks();

    const PaneContext &context() const { return m_context; }
    const RecordWatch &watch() const { return *m_watch; }
    Date today() const; // in the supplier's calendar for the record's account
    QScrollArea &scroll() const { return *m_scroll; }
    FactsGrid &facts() const { return *m_facts; }
    FactsGrid &addresses() const { return *m_addresses; }
    Fact asOf() const;

    void setHeading(const QString &number, const QString &subtitle, const QString &fullForm);
    void setChip(const QString &text, const QString &symbol, Tone tone);
    void setBanner(const QString &sentence, Tone tone);

    struct Section
    {
        QWidget *box = nullptr;
        QLabel *title = nullptr;
    };
    void addBelowBanner(QWidget *widget);
    // `sideMargin`: what the content does not bring itself.
    Section addSection(const QString &title, QWidget *content, int sideMargin);
    void endSections(); // after the last

private:
    void buildBody();
    void show();
    void showState();

    const PaneContext m_context;
    const RecordType &m_kind;
    const Words m_words;
    RecordWatch *m_watch;
    Calendars *m_calendars;
    QList<RecordLink> m_links;

    DetailHeading *m_heading;
    QScrollArea *m_scroll;
    QVBoxLayout *m_top = nullptr;
    QVBoxLayout *m_sections = nullptr;
    Banner *m_banner = nullptr;
    LinksBar *m_linksBar = nullptr;
    FactsGrid *m_facts = nullptr;
    FactsGrid *m_addresses = nullptr;
    StatePanel *m_state = nullptr;
    QString m_shownNumber;
};

namespace DetailText {

QString orDash(const QString &text);                                // a dash for nothing
QString sentence(const std::string &words);                         // the ERP's words, ended as a sentence
QString place(const std::string &name, const std::string &address); // name and lines, each said once

} // namespace DetailText

} // namespace Counterfoil
