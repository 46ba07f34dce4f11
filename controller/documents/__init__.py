"""Renders forms, memos, orders, reports and cards to PDF, DOCX and XLSX."""
