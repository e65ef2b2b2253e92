-- AlterTable
ALTER TABLE "journal_seals" ADD COLUMN     "entry_hashes" TEXT[];
