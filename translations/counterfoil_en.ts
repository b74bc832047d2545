<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ApprovalsList</name>
    <message numerus="yes">
        <source>%1 approvals · %2 waiting</source>
        <translation>
            <numerusform>%1 approval · %2 waiting</numerusform>
            <numerusform>%1 approvals · %2 waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CartDesk</name>
    <message numerus="yes">
        <source>%n lines have no item number and are not in the cart.</source>
        <translation>
            <numerusform>%n line has no item number and is not in the cart.</numerusform>
            <numerusform>%n lines have no item number and are not in the cart.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Again: %n orders</source>
        <translation>
            <numerusform>Again: %n order</numerusform>
            <numerusform>Again: %n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Again: %n items</source>
        <translation>
            <numerusform>Again: %n item</numerusform>
            <numerusform>Again: %n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::AccountPane</name>
    <message numerus="yes">
        <source>Show %n retired</source>
        <translation>
            <numerusform>Show %n retired</numerusform>
            <numerusform>Show %n retired</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::AccountSection</name>
    <message numerus="yes">
        <source>And %n more: type above to find one.</source>
        <translation>
            <numerusform>And %n more: type above to find it.</numerusform>
            <numerusform>And %n more: type above to find one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::AgeingBar</name>
    <message numerus="yes">
        <source>%1: %2 in %n invoices</source>
        <translation>
            <numerusform>%1: %2 in %n invoice</numerusform>
            <numerusform>%1: %2 in %n invoices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::BatchCard</name>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::BoughtDetail</name>
    <message numerus="yes">
        <source>every %n days</source>
        <translation>
            <numerusform>every day</numerusform>
            <numerusform>every %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>not suggested for %n days</source>
        <translation>
            <numerusform>not suggested for %n day</numerusform>
            <numerusform>not suggested for %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last %n orders with it</source>
        <translation>
            <numerusform>The last order with it</numerusform>
            <numerusform>The last %n orders with it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bought in %n orders</source>
        <translation>
            <numerusform>Bought in %n order</numerusform>
            <numerusform>Bought in %n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::BoughtModel</name>
    <message numerus="yes">
        <source>every %n days</source>
        <translation>
            <numerusform>every day</numerusform>
            <numerusform>every %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::BoughtPane</name>
    <message numerus="yes">
        <source>Do not suggest the item for %n days</source>
        <translation>
            <numerusform>Do not suggest the item for %n day</numerusform>
            <numerusform>Do not suggest the item for %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 items</source>
        <translation>
            <numerusform>%1 item</numerusform>
            <numerusform>%1 items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 items</source>
        <translation>
            <numerusform>%1 of %2 item</numerusform>
            <numerusform>%1 of %2 items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::CartDesk</name>
    <message numerus="yes">
        <source>At most %n orders go into one cart. Choose fewer.</source>
        <translation>
            <numerusform>At most %n order goes into one cart. Choose fewer.</numerusform>
            <numerusform>At most %n orders go into one cart. Choose fewer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::CartView</name>
    <message numerus="yes">
        <source>%n more differences are in the review.</source>
        <translation>
            <numerusform>%n more difference is in the review.</numerusform>
            <numerusform>%n more differences are in the review.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ConflictView</name>
    <message numerus="yes">
        <source>%n fields are still to be chosen: 1 for yours, 2 for theirs.</source>
        <translation>
            <numerusform>%n field is still to be chosen: 1 for yours, 2 for theirs.</numerusform>
            <numerusform>%n fields are still to be chosen: 1 for yours, 2 for theirs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::FreshnessPanel</name>
    <message numerus="yes">
        <source>%1 changes received since the start</source>
        <translation>
            <numerusform>%1 change received since the start</numerusform>
            <numerusform>%1 changes received since the start</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::HomePane</name>
    <message numerus="yes">
        <source>%1 and %n branches</source>
        <comment>an account</comment>
        <translation>
            <numerusform>%1 and %n branch</numerusform>
            <numerusform>%1 and %n branches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more currencies</source>
        <translation>
            <numerusform>and %n more currency</numerusform>
            <numerusform>and %n more currencies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::KeepingSheet</name>
    <message numerus="yes">
        <source>The last %n day(s)</source>
        <translation>
            <numerusform>The last %n day</numerusform>
            <numerusform>The last %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ListFoot</name>
    <message numerus="yes">
        <source>%n new above</source>
        <translation>
            <numerusform>%n new above</numerusform>
            <numerusform>%n new above</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more currencies</source>
        <comment>amounts</comment>
        <translation>
            <numerusform>%1 and %n more currency</numerusform>
            <numerusform>%1 and %n more currencies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::OutgoingDesk</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>a document</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n documents are the most that another program is given at once. Choose fewer, or make a pack.</source>
        <translation>
            <numerusform>%n document is the most that another program is given at once. Choose fewer, or make a pack.</numerusform>
            <numerusform>%n documents are the most that another program is given at once. Choose fewer, or make a pack.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ParcelsList</name>
    <message numerus="yes">
        <source>and %n more parcels</source>
        <translation>
            <numerusform>and %n more parcel</numerusform>
            <numerusform>and %n more parcels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::PartSheet</name>
    <message numerus="yes">
        <source>%n rows cannot be added as they are. Correct or delete them above, so that nothing is left out unseen.</source>
        <translation>
            <numerusform>%n row cannot be added as it is. Correct or delete it above, so that nothing is left out unseen.</numerusform>
            <numerusform>%n rows cannot be added as they are. Correct or delete them above, so that nothing is left out unseen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::PasswordSheet</name>
    <message numerus="yes">
        <source>It needs %n characters at least.</source>
        <translation>
            <numerusform>It needs %n character at least.</numerusform>
            <numerusform>It needs %n characters at least.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::PeopleSection</name>
    <message numerus="yes">
        <source>and %n more accounts</source>
        <translation>
            <numerusform>and %n more account</numerusform>
            <numerusform>and %n more accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::PrintStep</name>
    <message numerus="yes">
        <source>It has %n pages, and none of those that you chose.</source>
        <translation>
            <numerusform>It has %n page, and none of those that you chose.</numerusform>
            <numerusform>It has %n pages, and none of those that you chose.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ReviewSheet</name>
    <message numerus="yes">
        <source>%n lines cannot be ordered. Take what is offered, or remove them.</source>
        <translation>
            <numerusform>%n line cannot be ordered. Take what is offered, or remove it.</numerusform>
            <numerusform>%n lines cannot be ordered. Take what is offered, or remove them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::RightsNotice</name>
    <message numerus="yes">
        <source>%n accounts or assortments of items</source>
        <translation>
            <numerusform>%n account or assortment of items</numerusform>
            <numerusform>%n accounts or assortments of items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>accounts</comment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes that were not sent yet were withdrawn:</source>
        <translation>
            <numerusform>%n change that was not sent yet was withdrawn:</numerusform>
            <numerusform>%n changes that were not sent yet were withdrawn:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>– and %n more</source>
        <comment>changes</comment>
        <translation>
            <numerusform>– and %n more</numerusform>
            <numerusform>– and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ShipmentDetailPane</name>
    <message numerus="yes">
        <source>%n days late: it was expected on %1.</source>
        <translation>
            <numerusform>%n day late: it was expected on %1.</numerusform>
            <numerusform>%n days late: it was expected on %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::Timeline</name>
    <message numerus="yes">
        <source>and %n earlier</source>
        <translation>
            <numerusform>and %n earlier</numerusform>
            <numerusform>and %n earlier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::WorkPane</name>
    <message numerus="yes">
        <source>%1 more wait less long than these.</source>
        <translation>
            <numerusform>%1 more waits less long than these.</numerusform>
            <numerusform>%1 more wait less long than these.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::Workspace</name>
    <message numerus="yes">
        <source>Back online: %1 changes caught up in %2 s</source>
        <translation>
            <numerusform>Back online: %1 change caught up in %2 s</numerusform>
            <numerusform>Back online: %1 changes caught up in %2 s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n windows are open, which is the most at once. Close one first.</source>
        <translation>
            <numerusform>%n window is open, which is the most at once. Close it first.</numerusform>
            <numerusform>%n windows are open, which is the most at once. Close one first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 things need you</source>
        <translation>
            <numerusform>%1 thing needs you</numerusform>
            <numerusform>%1 things need you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Display</name>
    <message numerus="yes">
        <source>%1, %n days overdue</source>
        <comment>an invoice&apos;s state</comment>
        <translation>
            <numerusform>%1, %n day overdue</numerusform>
            <numerusform>%1, %n days overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomeWords</name>
    <message numerus="yes">
        <source>%n more</source>
        <comment>invoices that a payment was applied to</comment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parcels</source>
        <translation>
            <numerusform>%n parcel</numerusform>
            <numerusform>%n parcels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Late %n d</source>
        <comment>days</comment>
        <translation>
            <numerusform>Late %n d</numerusform>
            <numerusform>Late %n d</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n invoices</source>
        <translation>
            <numerusform>%n invoice</numerusform>
            <numerusform>%n invoices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d</source>
        <comment>days that something is overdue</comment>
        <translation>
            <numerusform>%n d</numerusform>
            <numerusform>%n d</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The oldest is overdue by %n days</source>
        <translation>
            <numerusform>The oldest is overdue by %n day</numerusform>
            <numerusform>The oldest is overdue by %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InvoiceWords</name>
    <message numerus="yes">
        <source>Overdue by %n days: %1 was due on %2.</source>
        <comment>an amount and a date</comment>
        <translation>
            <numerusform>Overdue by %n day: %1 was due on %2.</numerusform>
            <numerusform>Overdue by %n days: %1 was due on %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is due on %2, in %n days.</source>
        <comment>an amount and a date</comment>
        <translation>
            <numerusform>%1 is due on %2, in %n day.</numerusform>
            <numerusform>%1 is due on %2, in %n days.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InvoicesList</name>
    <message numerus="yes">
        <source>%1 invoices and credits</source>
        <translation>
            <numerusform>%1 invoice or credit</numerusform>
            <numerusform>%1 invoices and credits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemsList</name>
    <message numerus="yes">
        <source>%1 items</source>
        <translation>
            <numerusform>%1 item</numerusform>
            <numerusform>%1 items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 items for “%2”</source>
        <comment>how many, and what was typed</comment>
        <translation>
            <numerusform>%1 item for “%2”</numerusform>
            <numerusform>%1 items for “%2”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NamePattern</name>
    <message numerus="yes">
        <source>This is too long; %n characters are the most.</source>
        <translation>
            <numerusform>This is too long; %n character is the most.</numerusform>
            <numerusform>This is too long; %n characters are the most.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrderLines</name>
    <message numerus="yes">
        <source>and in %n more parcels</source>
        <translation>
            <numerusform>and in %n more parcel</numerusform>
            <numerusform>and in %n more parcels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrdersList</name>
    <message numerus="yes">
        <source>%1 orders</source>
        <translation>
            <numerusform>%1 order</numerusform>
            <numerusform>%1 orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Outbox</name>
    <message numerus="yes">
        <source>The file with your changes was damaged; %n of them could be read. Look through the list, and repeat what is missing. The damaged file was kept.</source>
        <translation>
            <numerusform>The file with your changes was damaged; %n of them could be read. Look through the list, and repeat what is missing. The damaged file was kept.</numerusform>
            <numerusform>The file with your changes was damaged; %n of them could be read. Look through the list, and repeat what is missing. The damaged file was kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxSummary</name>
    <message numerus="yes">
        <source>%n need you</source>
        <comment>changes that need a decision</comment>
        <translation>
            <numerusform>%n needs you</numerusform>
            <numerusform>%n need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>changes in the outbox</comment>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes wait to be sent or answered.</source>
        <translation>
            <numerusform>%n change waits to be sent or answered.</numerusform>
            <numerusform>%n changes wait to be sent or answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes need your decision.</source>
        <translation>
            <numerusform>%n change needs your decision.</numerusform>
            <numerusform>%n changes need your decision.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutgoingWords</name>
    <message numerus="yes">
        <source>%n documents</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more have no document yet and are left out.</source>
        <translation>
            <numerusform>%1 and %n more have no document yet and are left out.</numerusform>
            <numerusform>%1 and %n more have no document yet and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n failed</source>
        <translation>
            <numerusform>, %n failed</numerusform>
            <numerusform>, %n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n left out</source>
        <translation>
            <numerusform>, %n left out</numerusform>
            <numerusform>, %n left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PackManifest</name>
    <message numerus="yes">
        <source>Total of %n documents</source>
        <translation>
            <numerusform>Total of %n document</numerusform>
            <numerusform>Total of %n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PapersList</name>
    <message numerus="yes">
        <source>%1 documents</source>
        <translation>
            <numerusform>%1 document</numerusform>
            <numerusform>%1 documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 documents with “%2”</source>
        <comment>how many, and what was typed</comment>
        <translation>
            <numerusform>%1 document with “%2”</numerusform>
            <numerusform>%1 documents with “%2”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaymentsList</name>
    <message numerus="yes">
        <source>%1 payments</source>
        <translation>
            <numerusform>%1 payment</numerusform>
            <numerusform>%1 payments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordPlace</name>
    <message numerus="yes">
        <source>%1 open orders</source>
        <translation>
            <numerusform>%1 open order</numerusform>
            <numerusform>%1 open orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 shipments are late</source>
        <translation>
            <numerusform>%1 shipment is late</numerusform>
            <numerusform>%1 shipments are late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 invoices are overdue</source>
        <translation>
            <numerusform>%1 invoice is overdue</numerusform>
            <numerusform>%1 invoices are overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 orders wait to be approved</source>
        <translation>
            <numerusform>%1 order waits to be approved</numerusform>
            <numerusform>%1 orders wait to be approved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 open returns</source>
        <translation>
            <numerusform>%1 open return</numerusform>
            <numerusform>%1 open returns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordSummary</name>
    <message numerus="yes">
        <source>%n more items</source>
        <translation>
            <numerusform>%n more item</numerusform>
            <numerusform>%n more items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more lines are still to come.</source>
        <translation>
            <numerusform>%n more line is still to come.</numerusform>
            <numerusform>%n more lines are still to come.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first of %n parcels has the tracking number %1.</source>
        <translation>
            <numerusform>The parcel has the tracking number %1.</numerusform>
            <numerusform>The first of %n parcels has the tracking number %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n earlier shipments.</source>
        <translation>
            <numerusform>There is %n earlier shipment.</numerusform>
            <numerusform>There are %n earlier shipments.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReturnsList</name>
    <message numerus="yes">
        <source>%1 returns</source>
        <translation>
            <numerusform>%1 return</numerusform>
            <numerusform>%1 returns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavedCopy</name>
    <message numerus="yes">
        <source>There are already %n files of that name in “%1”. Choose another folder.</source>
        <translation>
            <numerusform>There is already %n file of that name in “%1”. Choose another folder.</numerusform>
            <numerusform>There are already %n files of that name in “%1”. Choose another folder.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShipmentsList</name>
    <message numerus="yes">
        <source>%1 shipments</source>
        <translation>
            <numerusform>%1 shipment</numerusform>
            <numerusform>%1 shipments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkWords</name>
    <message numerus="yes">
        <source>%n days late</source>
        <translation>
            <numerusform>%n day late</numerusform>
            <numerusform>%n days late</numerusform>
        </translation>
    </message>
</context>
</TS>
