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
        <source>%Ln lines have no item number and are not in the cart.</source>
        <translation>
            <numerusform>%Ln line has no item number and is not in the cart.</numerusform>
            <numerusform>%Ln lines have no item number and are not in the cart.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Again: %Ln orders</source>
        <translation>
            <numerusform>Again: %Ln order</numerusform>
            <numerusform>Again: %Ln orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Again: %Ln items</source>
        <translation>
            <numerusform>Again: %Ln item</numerusform>
            <numerusform>Again: %Ln items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::AccountPane</name>
    <message numerus="yes">
        <source>Show %Ln retired</source>
        <translation>
            <numerusform>Show %Ln retired</numerusform>
            <numerusform>Show %Ln retired</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::AccountSection</name>
    <message numerus="yes">
        <source>And %Ln more: type above to find one.</source>
        <translation>
            <numerusform>And %Ln more: type above to find it.</numerusform>
            <numerusform>And %Ln more: type above to find one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::AgeingBar</name>
    <message numerus="yes">
        <source>%1: %2 in %Ln invoices</source>
        <translation>
            <numerusform>%1: %2 in %Ln invoice</numerusform>
            <numerusform>%1: %2 in %Ln invoices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::BatchCard</name>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>And %Ln more.</numerusform>
            <numerusform>And %Ln more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::BoughtDetail</name>
    <message numerus="yes">
        <source>every %Ln days</source>
        <translation>
            <numerusform>every day</numerusform>
            <numerusform>every %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>not suggested for %Ln days</source>
        <translation>
            <numerusform>not suggested for %Ln day</numerusform>
            <numerusform>not suggested for %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln orders with it</source>
        <translation>
            <numerusform>The last order with it</numerusform>
            <numerusform>The last %Ln orders with it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bought in %Ln orders</source>
        <translation>
            <numerusform>Bought in %Ln order</numerusform>
            <numerusform>Bought in %Ln orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::BoughtModel</name>
    <message numerus="yes">
        <source>every %Ln days</source>
        <translation>
            <numerusform>every day</numerusform>
            <numerusform>every %Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::BoughtPane</name>
    <message numerus="yes">
        <source>Do not suggest the item for %Ln days</source>
        <translation>
            <numerusform>Do not suggest the item for %Ln day</numerusform>
            <numerusform>Do not suggest the item for %Ln days</numerusform>
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
        <source>At most %Ln orders go into one cart. Choose fewer.</source>
        <translation>
            <numerusform>At most %Ln order goes into one cart. Choose fewer.</numerusform>
            <numerusform>At most %Ln orders go into one cart. Choose fewer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::CartView</name>
    <message numerus="yes">
        <source>%Ln more differences are in the review.</source>
        <translation>
            <numerusform>%Ln more difference is in the review.</numerusform>
            <numerusform>%Ln more differences are in the review.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ConflictView</name>
    <message numerus="yes">
        <source>%Ln fields are still to be chosen: 1 for yours, 2 for theirs.</source>
        <translation>
            <numerusform>%Ln field is still to be chosen: 1 for yours, 2 for theirs.</numerusform>
            <numerusform>%Ln fields are still to be chosen: 1 for yours, 2 for theirs.</numerusform>
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
        <source>%1 and %Ln branches</source>
        <comment>an account</comment>
        <translation>
            <numerusform>%1 and %Ln branch</numerusform>
            <numerusform>%1 and %Ln branches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more currencies</source>
        <translation>
            <numerusform>and %Ln more currency</numerusform>
            <numerusform>and %Ln more currencies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::KeepingSheet</name>
    <message numerus="yes">
        <source>The last %Ln day(s)</source>
        <translation>
            <numerusform>The last %Ln day</numerusform>
            <numerusform>The last %Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ListFoot</name>
    <message numerus="yes">
        <source>%Ln new above</source>
        <translation>
            <numerusform>%Ln new above</numerusform>
            <numerusform>%Ln new above</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more currencies</source>
        <comment>amounts</comment>
        <translation>
            <numerusform>%1 and %Ln more currency</numerusform>
            <numerusform>%1 and %Ln more currencies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::OutgoingDesk</name>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>a document</comment>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln documents are the most that another program is given at once. Choose fewer, or make a pack.</source>
        <translation>
            <numerusform>%Ln document is the most that another program is given at once. Choose fewer, or make a pack.</numerusform>
            <numerusform>%Ln documents are the most that another program is given at once. Choose fewer, or make a pack.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ParcelsList</name>
    <message numerus="yes">
        <source>and %Ln more parcels</source>
        <translation>
            <numerusform>and %Ln more parcel</numerusform>
            <numerusform>and %Ln more parcels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::PartSheet</name>
    <message numerus="yes">
        <source>%Ln rows cannot be added as they are. Correct or delete them above, so that nothing is left out unseen.</source>
        <translation>
            <numerusform>%Ln row cannot be added as it is. Correct or delete it above, so that nothing is left out unseen.</numerusform>
            <numerusform>%Ln rows cannot be added as they are. Correct or delete them above, so that nothing is left out unseen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::PasswordSheet</name>
    <message numerus="yes">
        <source>It needs %Ln characters at least.</source>
        <translation>
            <numerusform>It needs %Ln character at least.</numerusform>
            <numerusform>It needs %Ln characters at least.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::PeopleSection</name>
    <message numerus="yes">
        <source>and %Ln more accounts</source>
        <translation>
            <numerusform>and %Ln more account</numerusform>
            <numerusform>and %Ln more accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::PrintStep</name>
    <message numerus="yes">
        <source>It has %Ln pages, and none of those that you chose.</source>
        <translation>
            <numerusform>It has %Ln page, and none of those that you chose.</numerusform>
            <numerusform>It has %Ln pages, and none of those that you chose.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ReviewSheet</name>
    <message numerus="yes">
        <source>%Ln lines cannot be ordered. Take what is offered, or remove them.</source>
        <translation>
            <numerusform>%Ln line cannot be ordered. Take what is offered, or remove it.</numerusform>
            <numerusform>%Ln lines cannot be ordered. Take what is offered, or remove them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::RightsNotice</name>
    <message numerus="yes">
        <source>%Ln accounts or assortments of items</source>
        <translation>
            <numerusform>%Ln account or assortment of items</numerusform>
            <numerusform>%Ln accounts or assortments of items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <comment>accounts</comment>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changes that were not sent yet were withdrawn:</source>
        <translation>
            <numerusform>%Ln change that was not sent yet was withdrawn:</numerusform>
            <numerusform>%Ln changes that were not sent yet were withdrawn:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>– and %Ln more</source>
        <comment>changes</comment>
        <translation>
            <numerusform>– and %Ln more</numerusform>
            <numerusform>– and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::ShipmentDetailPane</name>
    <message numerus="yes">
        <source>%Ln days late: it was expected on %1.</source>
        <translation>
            <numerusform>%Ln day late: it was expected on %1.</numerusform>
            <numerusform>%Ln days late: it was expected on %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::Timeline</name>
    <message numerus="yes">
        <source>and %Ln earlier</source>
        <translation>
            <numerusform>and %Ln earlier</numerusform>
            <numerusform>and %Ln earlier</numerusform>
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
        <source>%Ln windows are open, which is the most at once. Close one first.</source>
        <translation>
            <numerusform>%Ln window is open, which is the most at once. Close it first.</numerusform>
            <numerusform>%Ln windows are open, which is the most at once. Close one first.</numerusform>
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
        <source>%1, %Ln days overdue</source>
        <comment>an invoice&apos;s state</comment>
        <translation>
            <numerusform>%1, %Ln day overdue</numerusform>
            <numerusform>%1, %Ln days overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomeWords</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <comment>invoices that a payment was applied to</comment>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln parcels</source>
        <translation>
            <numerusform>%Ln parcel</numerusform>
            <numerusform>%Ln parcels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Late %Ln d</source>
        <comment>days</comment>
        <translation>
            <numerusform>Late %Ln d</numerusform>
            <numerusform>Late %Ln d</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln invoices</source>
        <translation>
            <numerusform>%Ln invoice</numerusform>
            <numerusform>%Ln invoices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln d</source>
        <comment>days that something is overdue</comment>
        <translation>
            <numerusform>%Ln d</numerusform>
            <numerusform>%Ln d</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The oldest is overdue by %Ln days</source>
        <translation>
            <numerusform>The oldest is overdue by %Ln day</numerusform>
            <numerusform>The oldest is overdue by %Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InvoiceWords</name>
    <message numerus="yes">
        <source>Overdue by %Ln days: %1 was due on %2.</source>
        <comment>an amount and a date</comment>
        <translation>
            <numerusform>Overdue by %Ln day: %1 was due on %2.</numerusform>
            <numerusform>Overdue by %Ln days: %1 was due on %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is due on %2, in %Ln days.</source>
        <comment>an amount and a date</comment>
        <translation>
            <numerusform>%1 is due on %2, in %Ln day.</numerusform>
            <numerusform>%1 is due on %2, in %Ln days.</numerusform>
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
        <source>This is too long; %Ln characters are the most.</source>
        <translation>
            <numerusform>This is too long; %Ln character is the most.</numerusform>
            <numerusform>This is too long; %Ln characters are the most.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrderLines</name>
    <message numerus="yes">
        <source>and in %Ln more parcels</source>
        <translation>
            <numerusform>and in %Ln more parcel</numerusform>
            <numerusform>and in %Ln more parcels</numerusform>
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
        <source>The file with your changes was damaged; %Ln of them could be read. Look through the list, and repeat what is missing. The damaged file was kept.</source>
        <translation>
            <numerusform>The file with your changes was damaged; %Ln of them could be read. Look through the list, and repeat what is missing. The damaged file was kept.</numerusform>
            <numerusform>The file with your changes was damaged; %Ln of them could be read. Look through the list, and repeat what is missing. The damaged file was kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxSummary</name>
    <message numerus="yes">
        <source>%Ln need you</source>
        <comment>changes that need a decision</comment>
        <translation>
            <numerusform>%Ln needs you</numerusform>
            <numerusform>%Ln need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <comment>changes in the outbox</comment>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changes wait to be sent or answered.</source>
        <translation>
            <numerusform>%Ln change waits to be sent or answered.</numerusform>
            <numerusform>%Ln changes wait to be sent or answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changes need your decision.</source>
        <translation>
            <numerusform>%Ln change needs your decision.</numerusform>
            <numerusform>%Ln changes need your decision.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutgoingWords</name>
    <message numerus="yes">
        <source>%Ln documents</source>
        <translation>
            <numerusform>%Ln document</numerusform>
            <numerusform>%Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more have no document yet and are left out.</source>
        <translation>
            <numerusform>%1 and %Ln more have no document yet and are left out.</numerusform>
            <numerusform>%1 and %Ln more have no document yet and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln failed</source>
        <translation>
            <numerusform>, %Ln failed</numerusform>
            <numerusform>, %Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln left out</source>
        <translation>
            <numerusform>, %Ln left out</numerusform>
            <numerusform>, %Ln left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PackManifest</name>
    <message numerus="yes">
        <source>Total of %Ln documents</source>
        <translation>
            <numerusform>Total of %Ln document</numerusform>
            <numerusform>Total of %Ln documents</numerusform>
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
        <source>%Ln more items</source>
        <translation>
            <numerusform>%Ln more item</numerusform>
            <numerusform>%Ln more items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more lines are still to come.</source>
        <translation>
            <numerusform>%Ln more line is still to come.</numerusform>
            <numerusform>%Ln more lines are still to come.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first of %Ln parcels has the tracking number %1.</source>
        <translation>
            <numerusform>The parcel has the tracking number %1.</numerusform>
            <numerusform>The first of %Ln parcels has the tracking number %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %Ln earlier shipments.</source>
        <translation>
            <numerusform>There is %Ln earlier shipment.</numerusform>
            <numerusform>There are %Ln earlier shipments.</numerusform>
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
        <source>There are already %Ln files of that name in “%1”. Choose another folder.</source>
        <translation>
            <numerusform>There is already %Ln file of that name in “%1”. Choose another folder.</numerusform>
            <numerusform>There are already %Ln files of that name in “%1”. Choose another folder.</numerusform>
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
        <source>%Ln days late</source>
        <translation>
            <numerusform>%Ln day late</numerusform>
            <numerusform>%Ln days late</numerusform>
        </translation>
    </message>
</context>
</TS>
