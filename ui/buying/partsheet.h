#pragma once

#include "askflag.h"
#include "formsheet.h"
#include "panecontext.h"
#include "partfile.h"
#include "partmatch.h"

#include <QTimer>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace Counterfoil {

class LinesModel;
class LinesView;

// A list of items and quantities from a spreadsheet, read while it can still be corrected: what was matched,
// what is doubtful and what was not, every row of it in sight or counted. Adds to a cart.
class PartSheet final : public FormSheet
{
    Q_OBJECT
public:
    static constexpr int rowsShown = 200; // those to look at first; any more are counted

    // `account`: whose purchases the rows are looked for in.
    PartSheet(QWidget *window, const PaneContext &context, const std::string &account, const QString &text);

    void open();
    void setText(const QString &text);
    void readFile(const QString &file); // CSV or XLSX; what of it is no list is said
    const MatchedParts &parts() const { return m_parts; }
    QString summary() const;

Q_SIGNALS:
    void shown();
    void linesWanted(const std::vector<Counterfoil::CartLine> &lines);

protected:
    bool isTyped() const override;
    void save() override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    struct Body
    {
        QWidget *widget;
        QPlainTextEdit *text;
        QLabel *summary;
        LinesModel *model;
        LinesView *view;
        QLabel *more;
        QPushButton *file;
    };
    PartSheet(QWidget *window, const PaneContext &context, std::string account, const QString &text,
              const Body &body);
    static Body build();
    void read();
    void show(MatchedParts parts);
    void chooseFile();

    const PaneContext m_context;
    const std::string m_account;
    const Body m_body;
    MatchedParts m_parts;
    AskFlag m_asking;
    PartFile m_file;
    QString m_fileNotes;   // of what was read last
    QTimer m_pause;        // of typing
    bool m_isRead = false; // what stands there
};

} // namespace Counterfoil
