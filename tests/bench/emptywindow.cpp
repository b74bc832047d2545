// The least that a program with a window and a table can be: what bench_start measures Counterfoil against.
#include <QAbstractTableModel>
#include <QApplication>
#include <QMainWindow>
#include <QMenuBar>
#include <QStatusBar>
#include <QTableView>

namespace {

class Numbers final : public QAbstractTableModel
{
public:
    int rowCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : 1'000'000; }
    int columnCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : 8; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(QString::number(index.row() * 8 + index.column()))
                                       : QVariant();
    }
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    Numbers numbers;
    QTableView table;
    table.setModel(&numbers);
    QMainWindow window;
    window.menuBar()->addMenu(QStringLiteral("File"))->addAction(QStringLiteral("Quit"));
    window.setCentralWidget(&table);
    window.statusBar()->showMessage(QStringLiteral("ready"));
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
