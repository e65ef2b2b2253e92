/** The fields each record has, as the vendor's interface description lists them: all that a query may name. */
const listed = {
  Invoice:
    'id invoiceNumber type status company billToCompany shipToCompany accountNumber applyToType applyToId ' +
    'attention shipToAttention billingSite billingSiteAddressLine1 billingSiteAddressLine2 billingSiteCity ' +
    'billingSiteState billingSiteZip billingSiteCountry shippingSite shippingSiteAddressLine1 ' +
    'shippingSiteAddressLine2 shippingSiteCity shippingSiteState shippingSiteZip shippingSiteCountry ' +
    'billingTerms reference customerPO templateSetupId invoiceTemplate emailTemplateId addToBatchEmailList ' +
    'date restrictDownpaymentFlag locationId location departmentId department territoryId territory ' +
    'topComment bottomComment taxableFlag taxCode internalNotes downpaymentPreviouslyTaxedFlag serviceTotal ' +
    'overrideDownPaymentAmountFlag currency dueDate expenseTotal productTotal previousProgressApplied ' +
    'serviceAdjustmentAmount agreementAmount downpaymentApplied subtotal total remainingDownpayment salesTax ' +
    'adjustmentReason adjustedBy closedBy payments credits balance specialInvoiceFlag billingSetupReference ' +
    'ticket project phase salesOrder agreement glBatch unbatchedBatch _info customFields',
  InvoicePayment:
    'id type source invoice credit amount balance invoiceBalance invoiceTotal paymentDate appliedBy _info ' +
    'wisePayPayment paymentSyncStatus glBatchID paymentSyncDate paymentAccount aRPaymentAccount',
  Company:
    'id identifier name status addressLine1 addressLine2 city state zip country phoneNumber faxNumber website ' +
    'territory market accountNumber defaultContact dateAcquired sicCode parentCompany annualRevenue ' +
    'numberOfEmployees yearEstablished revenueYear ownershipType timeZoneSetup leadSource leadFlag ' +
    'unsubscribeFlag calendar userDefinedField1 userDefinedField2 userDefinedField3 userDefinedField4 ' +
    'userDefinedField5 userDefinedField6 userDefinedField7 userDefinedField8 userDefinedField9 ' +
    'userDefinedField10 vendorIdentifier taxIdentifier taxCode billingTerms invoiceTemplate pricingSchedule ' +
    'companyEntityType billToCompany billingSite billingContact invoiceDeliveryMethod invoiceToEmailAddress ' +
    'invoiceCCEmailAddress deletedFlag dateDeleted deletedBy mobileGuid facebookUrl twitterUrl linkedInUrl ' +
    'currency territoryManager resellerIdentifier isVendorFlag types site integratorTags _info customFields',
  CompanySite:
    'id name addressLine1 addressLine2 city stateReference zip country addressFormat phoneNumber ' +
    'phoneNumberExt faxNumber taxCode entityType expenseReimbursement primaryAddressFlag defaultShippingFlag ' +
    'defaultBillingFlag defaultMailingFlag inactiveFlag billSeparateFlag mobileGuid calendar timeZone company ' +
    '_info customFields',
  CompanyNote: 'id text type flagged enteredBy company _info',
  CompanyNoteType: 'id identifier name defaultFlag importFlag _info',
  Contact:
    'id firstName lastName company site addressLine1 addressLine2 city state zip country relationship ' +
    'relationshipOverride department inactiveFlag defaultMergeContactId securityIdentifier managerContact ' +
    'assistantContact title school nickName marriedFlag childrenFlag children significantOther portalPassword ' +
    'portalSecurityLevel disablePortalLoginFlag unsubscribeFlag gender birthDay anniversary presence ' +
    'mobileGuid facebookUrl twitterUrl linkedInUrl defaultPhoneType defaultPhoneNbr defaultPhoneExtension ' +
    'defaultBillingFlag defaultFlag userDefinedField1 userDefinedField2 userDefinedField3 userDefinedField4 ' +
    'userDefinedField5 userDefinedField6 userDefinedField7 userDefinedField8 userDefinedField9 ' +
    'userDefinedField10 companyLocation communicationItems types integratorTags customFields photo ' +
    'ignoreDuplicates _info typeIds',
  Agreement:
    'id name type company contact site subContractCompany subContractContact parentAgreement customerPO ' +
    'location department restrictLocationFlag restrictDepartmentFlag startDate endDate noEndingDateFlag ' +
    'opportunity cancelledFlag dateCancelled reasonCancelled sla workOrder internalNotes applicationUnits ' +
    'applicationLimit applicationCycle applicationUnlimitedFlag oneTimeFlag coverAgreementTime ' +
    'coverAgreementProduct coverAgreementExpense coverSalesTax carryOverUnused allowOverruns expiredDays ' +
    'limit expireWhenZero chargeToFirm employeeCompRate employeeCompNotExceed compHourlyRate compLimitAmount ' +
    'billingCycle billOneTimeFlag billingTerms invoicingCycle billToCompany billToContact billToSite ' +
    'billAmount taxable prorateFirstBill billStartDate taxCode restrictDownPayment prorateFlag ' +
    'invoiceProratedAdditionsFlag invoiceDescription topComment bottomComment workRole workType projectType ' +
    'invoiceTemplate billTime billExpenses billProducts billableTimeInvoice billableExpenseInvoice ' +
    'billableProductInvoice currency periodType autoInvoiceFlag nextInvoiceDate companyLocation shipToCompany ' +
    'shipToContact shipToSite agreementStatus _info customFields',
  Addition:
    'id product quantity lessIncluded unitPrice unitCost billCustomer effectiveDate cancelledDate taxableFlag ' +
    'serialNumber invoiceDescription purchaseItemFlag specialOrderFlag agreementId description billedQuantity ' +
    'uom extPrice extCost sequenceNumber margin prorateCost proratePrice extendedProrateCost ' +
    'extendedProratePrice prorateCurrentPeriodFlag opportunity agreementStatus invoiceGrouping _info ' +
    'customFields',
  AgreementAdjustment: 'id amount description effectiveDate agreementId _info customFields',
  BillingStatus: 'id name sortOrder defaultFlag closedFlag inactiveFlag sentFlag _info',
  BillingTerm: 'id name defaultFlag dueDays termsXref _info',
  BillingCycle: 'id identifier name defaultFlag billingOptions _info',
  CallbackEntry:
    'id description url objectId type level memberId payloadVersion inactiveFlag isSoapCallbackFlag ' +
    'isSelfSuppressedFlag connectWiseID _info',
  ProductItem:
    'id catalogItem description sequenceNumber quantity unitOfMeasure price cost extPrice extCost discount ' +
    'margin agreementAmount priceMethod billableOption agreement locationId location businessUnitId ' +
    'businessUnit vendor vendorSku taxableFlag dropshipFlag specialOrderFlag phaseProductFlag cancelledFlag ' +
    'quantityCancelled cancelledReason customerDescription internalNotes productSuppliedFlag ' +
    'subContractorShipToId subContractorAmountLimit recurring sla entityType ticket project phase salesOrder ' +
    'opportunity invoice warehouseId warehouseIdObject warehouseBinId warehouseBinIdObject ' +
    'calculatedPriceFlag calculatedCostFlag forecastDetailId cancelledBy cancelledDate warehouse warehouseBin ' +
    'purchaseDate taxCode integrationXRef listPrice serialNumberIds serialNumbers company forecastStatus ' +
    'productClass needToPurchaseFlag needToOrderQuantity minimumStockFlag shipSet calculatedPrice ' +
    'calculatedCost invoiceGrouping poApprovedFlag uom addComponentsFlag ignorePricingSchedulesFlag ' +
    'asioSubscriptionsID _info bypassForecastUpdate customFields',
  TimeEntry:
    'id company companyType chargeToId chargeToType member locationId businessUnitId businessGroupDesc ' +
    'location department workType workRole agreement agreementType activity opportunityRecid projectActivity ' +
    'territory timeStart timeEnd hoursDeduct actualHours billableOption notes internalNotes ' +
    'addToDetailDescriptionFlag addToInternalAnalysisFlag addToResolutionFlag emailResourceFlag ' +
    'emailContactFlag emailCcFlag emailCc hoursBilled invoiceHours hourlyCost enteredBy dateEntered invoice ' +
    'mobileGuid hourlyRate overageRate agreementHours agreementAmount agreementAdjustment adjustment ' +
    'invoiceReady timeSheet status ticket project phase ticketBoard ticketStatus ticketType ticketSubType ' +
    'invoiceFlag extendedInvoiceAmount locationName taxCode _info customFields',
  ExpenseEntry:
    'id expenseReport company chargeToId chargeToType type member paymentMethod classification amount ' +
    'billableOption date locationId businessUnitId notes agreement invoiceAmount mobileGuid taxes invoice ' +
    'currency status billAmount agreementAmount odometerStart odometerEnd ticket project phase _info ' +
    'customFields',
  TaxCode:
    'id identifier description invoiceCaption country effectiveDate defaultFlag displayOnInvoiceFlag ' +
    'canadaCalculateGSTFlag cancelDate levelOneRate levelOneRateType levelOneTaxableMax levelOneCaption ' +
    'levelOneTaxCodeXref levelOneAgencyXref levelOneServicesFlag levelOneExpensesFlag levelOneProductsFlag ' +
    'levelOneApplySingleUnitFlag levelOneApplySingleUnitMin levelOneApplySingleUnitMax levelTwoRate ' +
    'levelTwoRateType levelTwoTaxableMax levelTwoCaption levelTwoTaxCodeXref levelTwoAgencyXref ' +
    'levelTwoServicesFlag levelTwoExpensesFlag levelTwoProductsFlag levelTwoApplySingleUnitFlag ' +
    'levelTwoApplySingleUnitMin levelTwoApplySingleUnitMax levelThreeRate levelThreeRateType ' +
    'levelThreeTaxableMax levelThreeCaption levelThreeTaxCodeXref levelThreeAgencyXref levelThreeServicesFlag ' +
    'levelThreeExpensesFlag levelThreeProductsFlag levelThreeApplySingleUnitFlag levelThreeApplySingleUnitMin ' +
    'levelThreeApplySingleUnitMax levelFourRate levelFourRateType levelFourTaxableMax levelFourCaption ' +
    'levelFourTaxCodeXref levelFourAgencyXref levelFourServicesFlag levelFourExpensesFlag ' +
    'levelFourProductsFlag levelFourApplySingleUnitFlag levelFourApplySingleUnitMin ' +
    'levelFourApplySingleUnitMax levelFiveRate levelFiveRateType levelFiveTaxableMax levelFiveCaption ' +
    'levelFiveTaxCodeXref levelFiveAgencyXref levelFiveServicesFlag levelFiveExpensesFlag ' +
    'levelFiveProductsFlag levelFiveApplySingleUnitFlag levelFiveApplySingleUnitMin ' +
    'levelFiveApplySingleUnitMax levelSixRate levelSixRateType levelSixTaxableMax levelSixCaption ' +
    'levelSixTaxCodeXref levelSixAgencyXref levelSixServicesFlag levelSixExpensesFlag levelSixProductsFlag ' +
    'levelSixApplySingleUnitFlag levelSixApplySingleUnitMin levelSixApplySingleUnitMax workRoleIds ' +
    'addAllWorkRoles removeAllWorkRoles expenseTypeIds addAllExpenseTypes removeAllExpenseTypes ' +
    'productTypeIds addAllProductTypes removeAllProductTypes _info',
} as const

export type RecordName = keyof typeof listed

const known = new Map<RecordName, ReadonlyMap<string, string>>()

/** By lower-case name, the name as written. `lastUpdated` lives in `_info` and may be asked for beside the fields. */
export function fieldsOf(record: RecordName): ReadonlyMap<string, string> {
  let fields = known.get(record)
  if (fields === undefined) {
    fields = new Map(`${listed[record]} lastUpdated`.split(' ').map((field) => [field.toLowerCase(), field]))
    known.set(record, fields)
  }
  return fields
}
